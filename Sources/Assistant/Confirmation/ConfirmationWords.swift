import TodoStore

/// The texts of a `ConfirmationQuestion` in one language.
struct ConfirmationWords {
    let opening: String
    /// The whole question in a line, for these actions.
    let sentence: @Sendable (_ actions: String) -> String
    let task: String
    /// The action, for so many tasks.
    let heading: @Sendable (Change.Kind, Int) -> String
    let more: @Sendable (Int) -> String
    let closing: String
}

extension AnswerLanguage {
    var confirmation: ConfirmationWords {
        switch self {
        case .english: .english
        case .german: .german
        case .spanish: .spanish
        }
    }
}

extension ConfirmationWords {
    fileprivate static let english = ConfirmationWords(
        opening: "Nothing was done yet. This needs your yes:",
        sentence: { "Nothing was done yet. \($0)? Answer \"yes\" to go ahead." }, task: "Task",
        heading: { kind, count in
            let verb =
                switch kind {
                case .deleted: "Delete"
                case .completed: "Complete"
                case .reopened: "Reopen"
                case .updated: "Change"
                case .created: "Restore"
                }
            return "\(verb) \(count) \(count == 1 ? "task" : "tasks")"
        }, more: { "and \($0) more" },
        closing: "Answer \"yes\" to go ahead. Anything else leaves everything as it is.")

    fileprivate static let german = ConfirmationWords(
        opening: "Noch ist nichts geschehen. Dafür brauche ich dein Ja:",
        sentence: { "Noch ist nichts geschehen. \($0)? Antworte mit „ja“, damit es geschieht." }, task: "Aufgabe",
        heading: { kind, count in
            let verb =
                switch kind {
                case .deleted: "löschen"
                case .completed: "erledigen"
                case .reopened: "wieder öffnen"
                case .updated: "ändern"
                case .created: "wiederherstellen"
                }
            return "\(count) \(count == 1 ? "Aufgabe" : "Aufgaben") \(verb)"
        }, more: { "und \($0) weitere" },
        closing: "Antworte mit „ja“, damit es geschieht. Alles andere lässt alles, wie es ist.")

    fileprivate static let spanish = ConfirmationWords(
        opening: "Todavía no se ha hecho nada. Necesito tu sí para esto:",
        sentence: { "Todavía no se ha hecho nada. ¿\($0)? Responde «sí» para continuar." }, task: "Tarea",
        heading: { kind, count in
            let verb =
                switch kind {
                case .deleted: "Eliminar"
                case .completed: "Completar"
                case .reopened: "Reabrir"
                case .updated: "Cambiar"
                case .created: "Restaurar"
                }
            return "\(verb) \(count) \(count == 1 ? "tarea" : "tareas")"
        }, more: { "y \($0) más" },
        closing: "Responde «sí» para continuar. Cualquier otra respuesta lo deja todo como está.")
}
