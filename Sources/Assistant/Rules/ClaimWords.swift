/// The words with which one language claims a change.
struct ClaimWords: Sendable {
    private let participles: [String: CallEffect.Kind?]
    /// Words that can stand before a participle at the start of a claim: "Okay, now added".
    let fillers: Set<String>
    /// Words with which the assistant speaks of itself: "I have", "habe", "he".
    let speaker: Set<String>
    /// Words that name somebody else who did it.
    let otherPeople: Set<String>
    /// Words of the passive: "has been added", "wurde gelöscht".
    let passives: Set<String>
    let tasks: Set<String>
    let conjunctions: Set<String>
    /// Words that make a sentence no claim: negations, conditions, promises, and times before now.
    let exclusions: Set<String>

    /// Returns the first participle in a sentence.
    func participle(in words: [String]) -> (place: Int, kind: CallEffect.Kind?)? {
        for (place, word) in words.enumerated() {
            if let kind = participles[word] { return (place, kind) }
        }
        return nil
    }

    static let all = [english, german, spanish]

    private init(
        participles: [(words: String, kind: CallEffect.Kind?)], fillers: String, speaker: String, otherPeople: String,
        passives: String, tasks: String, conjunctions: String, exclusions: String
    ) {
        func set(_ words: String) -> Set<String> { Set(words.split(separator: " ").map(String.init)) }
        var byWord: [String: CallEffect.Kind?] = [:]
        for (words, kind) in participles { for word in set(words) { byWord[word] = .some(kind) } }
        self.participles = byWord
        self.fillers = set(fillers)
        self.speaker = set(speaker)
        self.otherPeople = set(otherPeople)
        self.passives = set(passives)
        self.tasks = set(tasks)
        self.conjunctions = set(conjunctions)
        self.exclusions = set(exclusions)
    }

    private static let english = ClaimWords(
        participles: [
            ("added created noted scheduled saved", .add), ("deleted removed erased", .delete),
            ("completed finished", .complete), ("reopened", .reopen),
            ("updated changed renamed moved rescheduled postponed set edited modified", .update),
            ("undone restored reverted", .undo), ("marked done", nil),
        ],
        fillers:
            "ok okay sure great done yes alright successfully now just all i've and got it perfect",
        speaker: "i i've we we've", otherPeople: "you you've he she they user",
        passives: "been was were now successfully got",
        tasks: "task tasks todo todos reminder item items", conjunctions: "and - or",
        exclusions: """
            not no nothing never don't didn't can't couldn't cannot won't wasn't isn't aren't haven't hasn't weren't \
            unable without if would will i'll should could can may might must want wants need needs unless before once \
            until when already yesterday earlier previously ago last recently failed sorry unfortunately
            """)

    private static let german = ClaimWords(
        participles: [
            ("hinzugefügt hinzugefuegt erstellt angelegt eingetragen notiert ergänzt gespeichert", .add),
            ("gelöscht geloescht entfernt gestrichen", .delete), ("erledigt abgehakt abgeschlossen", .complete),
            (
                "geändert geaendert aktualisiert umbenannt verschoben gesetzt angepasst bearbeitet", .update
            ),
            ("wiederhergestellt zurückgenommen rückgängig", .undo), ("markiert", nil),
        ],
        fillers: "ok okay gut ja alles klar ich habe die aufgabe nun jetzt erfolgreich wurde prima gerne",
        speaker: "ich habe", otherPeople: "du sie hast haben er",
        passives: "wurde wurden worden nun jetzt",
        tasks: "aufgabe aufgaben erinnerung eintrag", conjunctions: "und - oder",
        exclusions: """
            nicht nichts kein keine keinen nie konnte kann könnte können werde wird wenn falls soll sollte sollen \
            bereits schon gestern vorhin zuletzt leider bevor sobald möchte möchtest willst muss zu
            """)

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
        fillers: "ok vale claro listo hecho sí la tarea tareas se ha he ya perfecto",
        speaker: "he hemos", otherPeople: "has usted",
        passives: "ha han sido fue fueron ahora",
        tasks: "tarea tareas recordatorio", conjunctions: "y - o",
        exclusions: """
            no nada nunca ningún ninguna pude puedo podría si será voy quieres quiere debes debe debería \
            ayer antes anteriormente cuando hasta lamentablemente para
            """)
}
