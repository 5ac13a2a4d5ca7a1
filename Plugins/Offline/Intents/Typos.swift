/// The words of the patterns that a misspelt word can stand for, computed once for each word of a message.
final class Typos {
    private let work: Work
    private var known: [String: [String]] = [:]

    init(_ work: Work) { self.work = work }

    func words(for token: Token) -> [String] {
        // A text has no more scalars than bytes, so a longer word need not be counted.
        guard token.text.utf8.count <= 64, (5...16).contains(token.text.unicodeScalars.count) else { return [] }
        if let words = known[token.text] { return words }
        work.spend(Self.vocabulary.count / 2)
        let spelling = Spelling(token.text)
        // "Deleted" tells of the past and is no misspelt "delete".
        let words = Self.vocabulary.filter {
            !token.text.hasPrefix($0.word) && EditDistance.isTypo(spelling, of: $0.spelling, work)
        }.map(\.word)
        known[token.text] = words
        return words
    }

    /// Words with more than four letters.
    private static let vocabulary: [(word: String, spelling: Spelling)] =
        [Rule.talk, Rule.undoing, Rule.details, Rule.changes].joined().flatMap(\.patterns)
        .reduce(into: Set<String>()) { $0.formUnion($1.words) }
        .filter { $0.utf8.count > 4 }.sorted().map { ($0, Spelling($0)) }
}
