import Testing
import TodoStore

@testable import Assistant

@Suite struct AnswerLanguageTests {
    static let cases: [(answer: String, message: String, language: AnswerLanguage)] = [
        ("Shall I delete all of them?", "Lösche alle", .english),
        ("Soll ich wirklich alle Aufgaben löschen?", "Delete all", .german),
        ("¿Quieres eliminar todas las tareas?", "Delete all", .spanish),
        ("Möchtest du die Aufgaben \"Buy the milk\" und \"Call\" löschen?", "lösch beides", .german),
        ("…", "Bitte lösche alle Aufgaben", .german), ("OK 🧀", "Borra todas las tareas, por favor", .spanish),
        ("…", "…", .english), ("", "", .english), ("Voulez-vous vraiment ?", "oui", .english),
        ("the und", "los", .spanish),
        (String(repeating: "\u{301}", count: 5000), String(repeating: "x", count: 5000), .english),
    ]

    @Test("The server's words are in the language of the answer, then of the message, then English", arguments: cases)
    func language(answer: String, message: String, language: AnswerLanguage) {
        #expect(AnswerLanguage.of(answer: answer, message: message) == language)
    }

    @Test("Every language says what is done to one task and to several")
    func words() {
        for language in AnswerLanguage.allCases {
            let words = language.confirmation
            #expect(
                Set([words.heading(.deleted, 1), words.heading(.deleted, 2), words.heading(.updated, 2)]).count == 3)
            #expect(words.more(7).contains("7"))
        }
    }
}
