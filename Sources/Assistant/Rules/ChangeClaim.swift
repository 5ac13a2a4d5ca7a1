import Text

/// A sentence of an answer that says that tasks were changed: "I have added the task", "Aufgabe 3 wurde gelöscht".
struct ChangeClaim: Hashable {
    /// The kind of change; nil where the sentence names none ("Done!").
    let kind: CallEffect.Kind?
    /// The tasks that the sentence names.
    let ids: Set<Int>

    /// The maximum number of sentences that are read.
    private static let mostSentences = 200

    /// Returns the claims of an answer, without quotations, questions, negations, promises and what was done before.
    ///
    /// - Parameter isQuestion: Whether the user asked about tasks: then "task 3 has been completed" describes a task, and
    ///   only what the assistant says of itself counts.
    static func claims(in answer: String, isQuestion: Bool) -> [ChangeClaim] {
        var claims: [ChangeClaim] = []
        for sentence in sentences(of: answer).prefix(mostSentences) {
            if let claim = claim(in: sentence, isQuestion: isQuestion) { claims.append(claim) }
        }
        return claims
    }

    private static func claim(in sentence: String, isQuestion: Bool) -> ChangeClaim? {
        guard !sentence.hasSuffix("?") else { return nil }
        let words = MessageWords.of(sentence)
        guard !words.isEmpty, words.count <= 60 else { return nil }
        for language in ClaimWords.all {
            guard !words.contains(where: language.exclusions.contains),
                let (place, kind) = language.participle(in: words)
            else { continue }
            let before = words[..<place]
            let isOwn =
                before.allSatisfy(language.fillers.contains)
                || before.contains(where: language.speaker.contains)
                    && !before.contains(where: language.otherPeople.contains)
            let isPassive = before.contains(where: language.passives.contains)
            let isBare = words.count <= 6 && place == words.count - 1 && words.contains(where: language.tasks.contains)
            guard isOwn || !isQuestion && (isPassive || isBare) else { continue }
            return ChangeClaim(kind: kind, ids: ids(in: words, language))
        }
        return nil
    }

    private static func ids(in words: [String], _ language: ClaimWords) -> Set<Int> {
        var ids: Set<Int> = []
        var isList = false
        for word in words {
            if language.tasks.contains(word) {
                isList = true
            } else if let id = Int(word) {
                if isList { ids.insert(id) }
            } else if !language.conjunctions.contains(word) {
                isList = false
            }
        }
        return ids
    }

    /// Returns the sentences, without quoted texts and without the items of lists.
    private static func sentences(of answer: String) -> [String] {
        var sentences: [String] = []
        for line in answer.prefix(bytes: 16 << 10).split(whereSeparator: \.isNewline) {
            let line = line.drop { $0.isWhitespace }
            // The rest of a line of a list is the data of a task.
            let isItem = line.first.map { "-*\u{2022}|".contains($0) } ?? false
            var sentence = ""
            var quote: Character?
            for character in line.drop(while: { isItem && !$0.isLetter && !$0.isNumber }) {
                if let open = quote {
                    if character == open { quote = nil }
                    continue
                }
                if let close = quotes[character] {
                    quote = close
                    continue
                }
                if ".!?;:".contains(character) {
                    sentences.append(sentence + String(character))
                    sentence = ""
                    if isItem { break }
                } else {
                    sentence.append(character)
                }
            }
            if !sentence.allSatisfy(\.isWhitespace) { sentences.append(sentence) }
        }
        return sentences
    }

    private static let quotes: [Character: Character] = [
        "\"": "\"", "\u{201C}": "\u{201D}", "\u{201E}": "\u{201C}", "«": "»", "`": "`",
    ]
}
