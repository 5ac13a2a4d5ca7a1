/// Small numbers in words, in the languages of the assistant's own texts.
enum NumberWords {
    /// Returns the number that a word names in digits or letters.
    static func number(_ word: String) -> Int? { byWord[word] ?? Int(word) }

    private static let byWord: [String: Int] = {
        let languages = [
            "one two three four five six seven eight nine ten eleven twelve",
            "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
            "uno dos tres cuatro cinco seis siete ocho nueve diez once doce",
        ]
        var byWord: [String: Int] = [:]
        for language in languages {
            for (index, word) in language.split(separator: " ").enumerated() { byWord[String(word)] = index + 1 }
        }
        return byWord
    }()
}
