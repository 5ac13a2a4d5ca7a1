import Text

/// The sentences with which the server completes an answer that a model has given without doing what it says.
struct SafetyNotes {
    /// Below an answer of a turn that has changed nothing.
    let nothingChanged: String
    /// Before the changes that were really made.
    let whatWasDone: String
    /// Before the answer of the rules that stepped in for the model.
    let byRules: String
    let task: String
    let verbs: [CallEffect.Kind: String]
}

extension SafetyNotes {
    /// Returns an answer as its model or the rules gave it: a model repeats what it reads in its own earlier answers.
    static func removed(from answer: String) -> String {
        for notes in AnswerLanguage.allCases.map(\.safetyNotes) {
            if answer.startsWithBytes(of: notes.byRules + "\n") {
                return String(answer.utf8.dropFirst(notes.byRules.utf8.count + 1)) ?? answer
            }
            let ending = "\n\n" + notes.nothingChanged
            if answer.utf8.reversed().starts(with: ending.utf8.reversed()) {
                let text = String(answer.utf8.dropLast(ending.utf8.count)) ?? answer
                // A claim that was not true is not repeated either.
                return ChangeClaim.claims(in: text, isQuestion: false).isEmpty ? text : notes.nothingChanged
            }
        }
        return answer
    }
}

extension AnswerLanguage {
    var safetyNotes: SafetyNotes {
        switch self {
        case .english: .english
        case .german: .german
        case .spanish: .spanish
        }
    }
}

extension SafetyNotes {
    fileprivate static let english = SafetyNotes(
        nothingChanged: "Nothing was changed.", whatWasDone: "This was done:",
        byRules: "The model did not do this, so it was done by simple rules:",
        task: "task",
        verbs: [
            .add: "Added", .complete: "Completed", .reopen: "Reopened", .delete: "Deleted", .update: "Changed",
            .undo: "Undone",
        ])

    fileprivate static let german = SafetyNotes(
        nothingChanged: "Es wurde nichts geändert.", whatWasDone: "Das wurde getan:",
        byRules: "Das Modell hat das nicht getan, deshalb geschah es nach einfachen Regeln:",
        task: "Aufgabe",
        verbs: [
            .add: "Hinzugefügt", .complete: "Erledigt", .reopen: "Wieder geöffnet", .delete: "Gelöscht",
            .update: "Geändert", .undo: "Rückgängig gemacht",
        ])

    fileprivate static let spanish = SafetyNotes(
        nothingChanged: "No se ha cambiado nada.", whatWasDone: "Esto es lo que se hizo:",
        byRules: "El modelo no lo hizo, así que se hizo con reglas sencillas:",
        task: "tarea",
        verbs: [
            .add: "Añadida", .complete: "Completada", .reopen: "Reabierta", .delete: "Eliminada",
            .update: "Cambiada", .undo: "Deshecho",
        ])
}
