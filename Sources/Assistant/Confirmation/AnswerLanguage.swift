/// The languages of the texts that the server appends to answers.
enum AnswerLanguage: CaseIterable, Sendable {
    case english, german, spanish

    /// Returns the language of an answer or, if unknown, of the message; English if both are unknown.
    static func of(answer: String, message: String) -> AnswerLanguage {
        spoken(in: answer) ?? spoken(in: message) ?? .english
    }

    /// Returns the language with the most common words in a text; nil when there is no single one.
    private static func spoken(in text: String) -> AnswerLanguage? {
        var counts: [(language: AnswerLanguage, count: Int)] = allCases.map { ($0, 0) }
        for word in words(in: text) {
            for index in counts.indices where counts[index].language.commonWords.contains(word) {
                counts[index].count += 1
            }
        }
        counts.sort { $0.count > $1.count }
        return counts[0].count > counts[1].count ? counts[0].language : nil
    }

    /// The number of Unicode scalars at the start of a text that are checked.
    private static let length = 1000
    /// The maximum length of a common word; longer words are not compared.
    private static let longestWord = 16

    private static func words(in text: String) -> [String] {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        func end() {
            if !word.isEmpty, word.count <= longestWord { words.append(String(word).lowercased()) }
            word = String.UnicodeScalarView()
        }
        for scalar in text.unicodeScalars.prefix(length) {
            if scalar.properties.isAlphabetic { word.append(scalar) } else { end() }
        }
        end()
        return words
    }

    private var commonWords: Set<String> {
        switch self {
        case .english: Self.englishWords
        case .german: Self.germanWords
        case .spanish: Self.spanishWords
        }
    }

    private static let englishWords: Set<String> = [
        "the", "and", "is", "are", "was", "you", "your", "i", "do", "want", "to", "of", "all", "task", "tasks",
        "delete",
        "please", "this", "that", "these", "need", "needs", "confirm", "confirmation", "sure", "really", "shall",
        "would",
        "nothing", "my", "it", "them",
    ]
    private static let germanWords: Set<String> = [
        "der", "das", "und", "ist", "sind", "ich", "du", "sie", "nicht", "nichts", "bitte", "alle", "aufgabe",
        "aufgaben",
        "lösche", "löschen", "gelöscht", "möchtest", "willst", "wirklich", "soll", "sollen", "diese", "dieser", "wurde",
        "werden", "deine", "meine", "brauche", "bestätige", "bestätigung", "erledigt", "noch", "dafür", "mit",
    ]
    private static let spanishWords: Set<String> = [
        "el", "los", "las", "una", "que", "por", "favor", "todo", "todas", "todos", "tarea", "tareas", "borra",
        "borrar",
        "elimina", "eliminar", "quieres", "confirma", "confirmar", "confirmación", "sí", "estas", "esta", "está",
        "seguro", "segura", "para", "mis", "tus", "nada", "necesito", "hecho", "ha",
    ]
}
