import Foundation

/// Finds the tasks that words of a title mean.
struct TitleMatcher {
    private let phrase: [String]
    private let words: [String]

    init(_ title: String) {
        phrase = Self.words(title)
        let telling = phrase.filter { !Self.empty.contains($0) }
        words = telling.isEmpty ? phrase : telling
    }

    /// The tasks that fit best: all of one quality, none when nothing fits.
    func best(_ rows: [TaskRow]) -> [TaskRow] {
        let ranked = rows.map { ($0, quality($0)) }
        guard let best = ranked.map(\.1).max(), best > 0 else { return [] }
        return ranked.filter { $0.1 == best }.map(\.0)
    }

    /// The tasks that share a word with the title, for "did you mean".
    func near(_ rows: [TaskRow]) -> [TaskRow] {
        rows.filter { row in
            let title = Self.words(row.title ?? "")
            return words.contains { word in word.count > 2 && title.contains { Self.isAlike(word, $0) } }
        }
    }

    /// 5 for the same title, 4 for its words in a row, 3 for all words, 2 for all but their endings, 1 with slips of
    /// the pen.
    private func quality(_ row: TaskRow) -> Int {
        let title = Self.words(row.title ?? "")
        guard !words.isEmpty, !title.isEmpty else { return 0 }
        if title == phrase { return 5 }
        if title.count >= phrase.count,
            (0...title.count - phrase.count).contains(where: { title[$0..<$0 + phrase.count].elementsEqual(phrase) })
        {
            return 4
        }
        if words.allSatisfy(title.contains) { return 3 }
        if words.allSatisfy({ word in title.contains { Self.isForm(word, of: $0) } }) { return 2 }
        return words.allSatisfy({ word in title.contains { Self.isAlike(word, $0) } }) ? 1 : 0
    }

    private static func isForm(_ left: String, of right: String) -> Bool {
        let (short, long) = left.count < right.count ? (left, right) : (right, left)
        if left == right || short + "s" == long || short.count >= 4 && long.hasPrefix(short) { return true }
        return short.hasSuffix("y") && short.dropLast() + "ies" == long
    }

    private static func isAlike(_ left: String, _ right: String) -> Bool {
        isForm(left, of: right) || EditDistance.isTypo(left, of: right)
    }

    private static func words(_ text: String) -> [String] {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
            .split { !$0.isLetter && !$0.isNumber }.prefix(100).map(String.init)
    }

    private static let empty = FilterWords.tasks.union(FilterWords.determiners).union([
        "to", "of", "for", "and", "with", "one",
    ])
}
