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

    /// Returns whether a message asks something, and is no request in the form of a question ("can you add milk?").
    static func isQuestion(_ message: String) -> Bool {
        guard message.utf8.contains(UInt8(ascii: "?")) else { return false }
        let words = MessageWords.of(message)
        return !ClaimWords.all.contains { $0.requests.contains(words.prefix(2).joined(separator: " ")) }
    }

    private static func claim(in sentence: String, isQuestion: Bool) -> ChangeClaim? {
        guard !sentence.hasSuffix("?") else { return nil }
        let isHeading = sentence.hasSuffix(":")
        let words = MessageWords.of(sentence)
        guard !words.isEmpty, words.count <= 60 else { return nil }
        for language in ClaimWords.all {
            guard let (place, kind) = language.participle(in: words) else { continue }
            let (before, after) = (words[..<place], words[(place + 1)...])
            guard !before.contains(where: language.exclusions.contains),
                !after.prefix(2).contains(where: language.negations.contains)
            else { continue }
            let isOwn = language.saysOfItself(before)
            let isPassive = before.last.map(language.passives.contains) ?? false
            let isBare =
                words.count <= 6 && after.isEmpty && words.first.map(language.tasks.contains) ?? false
            let isOld = before.contains(where: language.past.contains)
            guard isOwn || !isQuestion && !isOld && (isPassive || isBare) else { continue }
            let claim = ChangeClaim(kind: kind, ids: ids(in: words, language))
            // The heading of a list claims something only of the tasks that it names.
            return isHeading && (claim.ids.isEmpty || isQuestion && kind == .complete) ? nil : claim
        }
        return nil
    }

    /// Returns the ids of the first tasks that a sentence names.
    private static func ids(in words: [String], _ language: ClaimWords) -> Set<Int> {
        guard let first = words.firstIndex(where: language.tasks.contains) else { return [] }
        let listed = words[(first + 1)...].prefix { Int($0) != nil || language.conjunctions.contains($0) }
        return Set(listed.compactMap { Int($0) })
    }

    /// Returns the sentences, without quoted texts and without the items of lists.
    private static func sentences(of answer: String) -> [String] {
        var sentences: [String] = []
        for line in answer.prefix(bytes: 16 << 10).split(whereSeparator: \.isNewline) {
            let line = line.drop { $0.isWhitespace }
            // A line of a list is the data of a task.
            if line.first.map({ "-*\u{2022}|".contains($0) }) ?? false { continue }
            let number = line.prefix { $0.isNumber }
            if !number.isEmpty, line.dropFirst(number.count).first.map({ ".):".contains($0) }) ?? false { continue }
            var sentence = ""
            var quote: Character?
            for character in line {
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
