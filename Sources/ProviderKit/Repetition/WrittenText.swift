import Text

/// The text of a model's message as it arrives, cut where it begins to repeat itself.
package struct WrittenText: Sendable {
    private let limit: Int
    private var repetition = RepetitionDetector()
    package private(set) var text = ""

    /// - Parameter limit: The maximum length in bytes.
    package init(limit: Int) { self.limit = limit }

    /// Whether the text repeated itself, so that the rest of the message is not read.
    package var isCut: Bool { repetition.isRepeating }

    package mutating func append(_ piece: String) throws(ProviderError) {
        guard !isCut else { return }
        text += piece
        guard text.utf8.count <= limit else {
            throw ProviderError(.misbehaved, "an answer with more than \(limit) bytes of text")
        }
        repetition.receive(piece)
        guard let kept = repetition.keptLength else { return }
        text = text.prefix(bytes: kept)
        while text.unicodeScalars.last?.properties.isWhitespace == true { text.unicodeScalars.removeLast() }
        // Broken models write one character without end, which is no answer.
        if Set(text.unicodeScalars.lazy.filter { !$0.properties.isWhitespace }.prefix(1000)).count < 2 { text = "" }
    }

    /// Returns the part of the text after its first `shown` bytes, to be emitted at the end, and whether more than the
    /// text was shown.
    package func rest(after shown: Int) -> (text: String, isShortened: Bool) {
        let bytes = text.utf8
        guard shown <= bytes.count else { return ("", true) }
        return (String(decoding: bytes.dropFirst(shown), as: UTF8.self), false)
    }
}
