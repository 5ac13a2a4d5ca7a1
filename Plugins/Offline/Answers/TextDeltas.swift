/// An answer in deltas of a few words, like those of a model; joined, they are the answer.
struct TextDeltas: Sequence, IteratorProtocol {
    private var rest: Substring
    private let size = 24

    init(_ text: String) { rest = text[...] }

    mutating func next() -> String? {
        guard !rest.isEmpty else { return nil }
        let soft = rest.index(rest.startIndex, offsetBy: size, limitedBy: rest.endIndex) ?? rest.endIndex
        // A delta ends after a space, but a text without spaces is split as well.
        let end = rest[soft...].prefix(size).firstIndex(of: " ").map { rest.index(after: $0) } ?? soft
        defer { rest = rest[end...] }
        return String(rest[..<end])
    }
}
