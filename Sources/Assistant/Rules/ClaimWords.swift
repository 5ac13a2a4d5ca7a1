/// The words with which one language claims a change.
struct ClaimWords: Sendable {
    private let participles: [String: CallEffect.Kind?]
    /// Words that can stand before a participle at the start of a claim, or between it and the speaker: "now", "have".
    let fillers: Set<String>
    /// Words with which the assistant speaks of itself: "I", "habe", "he".
    let speaker: Set<String>
    /// Whether only fillers stand between the speaker and the participle, which German puts at the end.
    let isAdjacent: Bool
    /// Words of the passive directly before a participle: "been", "wurde".
    let passives: Set<String>
    let tasks: Set<String>
    let conjunctions: Set<String>
    /// Words before a participle that make a sentence no claim: negations, conditions, promises, other people.
    let exclusions: Set<String>
    let negations: Set<String>
    /// Words for times before now, which describe what was done earlier.
    let past: Set<String>
    /// The first words of polite requests.
    let requests: Set<String>

    /// Returns whether the words before a participle make it something that the assistant says it did.
    func saysOfItself(_ before: ArraySlice<String>) -> Bool {
        guard let place = before.lastIndex(where: speaker.contains) else { return before.allSatisfy(fillers.contains) }
        return !isAdjacent || before[(place + 1)...].allSatisfy(fillers.contains)
    }

    /// Returns the first participle in a sentence.
    func participle(in words: [String]) -> (place: Int, kind: CallEffect.Kind?)? {
        for (place, word) in words.enumerated() {
            if let kind = participles[word] { return (place, kind) }
        }
        return nil
    }

    static let all = [english, german, spanish]

    private init(
        participles: [(words: String, kind: CallEffect.Kind?)], fillers: String, speaker: String, isAdjacent: Bool,
        passives: String, tasks: String, conjunctions: String, exclusions: String, negations: String, past: String,
        requests: [String]
    ) {
        func set(_ words: String) -> Set<String> { Set(words.split(separator: " ").map(String.init)) }
        var byWord: [String: CallEffect.Kind?] = [:]
        for (words, kind) in participles { for word in set(words) { byWord[word] = .some(kind) } }
        self.participles = byWord
        self.fillers = set(fillers)
        self.speaker = set(speaker)
        self.isAdjacent = isAdjacent
        self.passives = set(passives)
        self.tasks = set(tasks)
        self.conjunctions = set(conjunctions)
        self.exclusions = set(exclusions)
        self.negations = set(negations)
        self.past = set(past)
        self.requests = Set(requests)
    }

    private static let english = ClaimWords(
        participles: [
            ("added created noted scheduled saved", .add), ("deleted removed erased", .delete),
            ("completed finished", .complete), ("reopened", .reopen),
            ("updated changed renamed moved rescheduled postponed set edited modified", .update),
            ("undone restored reverted", .undo), ("marked done", nil),
        ],
        fillers:
            "ok okay sure great done yes alright successfully now just also already have gone ahead and all got it perfect",
        speaker: "i i've we we've", isAdjacent: true, passives: "been was were successfully now",
        tasks: "task tasks todo todos reminder item items", conjunctions: "and - or",
        exclusions: """
            not no nothing never don't didn't can't couldn't cannot won't wasn't isn't aren't haven't hasn't weren't \
            unable without if would will i'll should could can may might must want wants need needs unless before once \
            until when failed sorry unfortunately you you've he she they user which that
            """,
        negations: "nothing none no", past: "already yesterday earlier previously ago last recently",
        requests: ["can you", "could you", "will you", "would you", "can we", "could we", "please can", "please could"])

    private static let german = ClaimWords(
        participles: [
            ("hinzugefügt hinzugefuegt erstellt angelegt eingetragen notiert ergänzt gespeichert", .add),
            ("gelöscht geloescht entfernt gestrichen", .delete), ("erledigt abgehakt abgeschlossen", .complete),
            (
                "geändert geaendert aktualisiert umbenannt verschoben gesetzt angepasst bearbeitet", .update
            ),
            ("wiederhergestellt zurückgenommen rückgängig", .undo), ("markiert", nil),
        ],
        fillers: "ok okay gut ja alles klar nun jetzt erfolgreich prima gerne",
        speaker: "ich habe hab", isAdjacent: false, passives: "wurde wurden worden nun jetzt erfolgreich als",
        tasks: "aufgabe aufgaben erinnerung eintrag", conjunctions: "und - oder",
        exclusions: """
            nicht nichts kein keine keinen nie konnte kann könnte können werde wird wenn falls soll sollte sollen leider \
            bevor sobald möchte möchtest willst muss du hast haben er
            """,
        negations: "nicht", past: "bereits schon gestern vorhin zuletzt",
        requests: [
            "kannst du", "könntest du", "würdest du", "können wir", "kann ich", "können sie", "könnten sie",
        ])

    private static let spanish = ClaimWords(
        participles: [
            (
                "añadido añadida agregado agregada creado creada añadí agregué creé apuntado apuntada guardado guardada",
                .add
            ),
            ("eliminado eliminada borrado borrada quitado quitada eliminé borré", .delete),
            ("completado completada completé terminado terminada", .complete), ("reabierto reabierta", .reopen),
            (
                """
                actualizado actualizada cambiado cambiada renombrado renombrada movido movida modificado modificada \
                actualicé cambié moví renombré
                """, .update
            ),
            ("deshecho restaurado restaurada deshice", .undo), ("marcado marcada marqué", nil),
        ],
        fillers: "ok vale claro listo hecho sí ya ahora también perfecto correctamente",
        speaker: "he hemos", isAdjacent: true, passives: "ha han sido fue fueron ahora correctamente",
        tasks: "tarea tareas recordatorio", conjunctions: "y - o",
        exclusions: """
            no nada nunca ningún ninguna pude puedo podría si será voy quieres quiere debes debe debería cuando hasta \
            lamentablemente has usted que
            """,
        negations: "nada ninguna ningún", past: "ya ayer antes anteriormente",
        requests: [
            "puedes añadir", "podrías añadir", "puedes borrar", "podrías borrar", "puedes marcar", "podrías marcar",
        ])
}
