import Foundation
import Text

/// A matcher of tasks by the words of a title.
struct TitleMatcher {
    private let phrase: [Spelling]
    private let words: [Spelling]
    private let work: Work

    /// The limits of a search: as many tasks as a list can have, and as much of a title as the store allows.
    private static let maximumRows = 100
    private static let maximumTitle = 200

    init(_ title: String, _ work: Work) {
        self.work = work
        phrase = Self.words(title, work)
        let telling = phrase.filter { !Self.empty.contains($0) }
        words = telling.isEmpty ? phrase : telling
    }

    /// Returns the approximate maximum number of steps of a lookup: each word with each of a hundred tasks.
    static func steps(for title: String) -> Int {
        let words = title.split(whereSeparator: \.isWhitespace).prefix(maximumTitle / 2).count
        return maximumRows * (maximumTitle / 4 + 20 * words)
    }

    /// Returns the best matches, all of one quality; empty when nothing matches.
    func best(_ rows: [TaskRow]) -> [TaskRow] {
        let ranked = rows.prefix(Self.maximumRows).map { ($0, work.isSpent ? 0 : quality($0)) }
        guard let best = ranked.map(\.1).max(), best > 0 else { return [] }
        return ranked.filter { $0.1 == best }.map(\.0)
    }

    /// Returns the tasks that share a word with the title, for "did you mean".
    func near(_ rows: [TaskRow]) -> [TaskRow] {
        rows.prefix(Self.maximumRows).filter { row in
            guard !work.isSpent else { return false }
            let title = Self.words(row.title ?? "", work)
            return words.contains { $0.scalars.count > 2 && likeness(of: $0, in: title) > .none }
        }
    }

    /// The similarity of two words.
    private enum Likeness: Int, Comparable {
        case none, alike, form, same

        static func < (left: Likeness, right: Likeness) -> Bool { left.rawValue < right.rawValue }
    }

    /// Returns 5 for the same title, 4 for its consecutive words, 3 for all words, 2 for all except their endings, 1
    /// with spelling errors, else 0.
    private func quality(_ row: TaskRow) -> Int {
        let title = Self.words(row.title ?? "", work)
        guard !words.isEmpty, !title.isEmpty else { return 0 }
        if title == phrase { return 5 }
        if contains(title) { return 4 }
        var least = Likeness.same
        for word in words {
            least = min(least, likeness(of: word, in: title))
            if least == .none { break }
        }
        return least.rawValue
    }

    /// Returns whether the words of the phrase are consecutive words of the title.
    private func contains(_ title: [Spelling]) -> Bool {
        guard title.count >= phrase.count else { return false }
        work.spend(title.count / 2)
        return (0...title.count - phrase.count).contains { place in
            title[place] == phrase[0] && title[place..<place + phrase.count].elementsEqual(phrase)
        }
    }

    /// Returns the best similarity of `word` to any word of the title.
    private func likeness(of word: Spelling, in title: [Spelling]) -> Likeness {
        work.spend(title.count / 2 + 1)
        var best = Likeness.none
        for other in title where best < .same {
            if word == other {
                best = .same
            } else if best < .form, Self.isForm(word, of: other) {
                best = .form
            } else if best < .alike, EditDistance.isTypo(word, of: other, work) {
                best = .alike
            }
        }
        return best
    }

    private static func isForm(_ left: Spelling, of right: Spelling) -> Bool {
        let (short, long) =
            left.scalars.count < right.scalars.count ? (left.scalars, right.scalars) : (right.scalars, left.scalars)
        let (s, y) = (UInt32(UInt8(ascii: "s")), UInt32(UInt8(ascii: "y")))
        if short.count >= 4 || long.count == short.count + 1 && long.last == s {
            if long.starts(with: short) { return true }
        }
        // "berry" and "berries"
        return long.count == short.count + 2 && short.last == y && long.starts(with: short.dropLast())
            && long.suffix(3).elementsEqual("ies".unicodeScalars.map(\.value))
    }

    /// Returns the words in lower case, without accents.
    private static func words(_ text: String, _ work: Work) -> [Spelling] {
        let isPlain = text.utf8.allSatisfy { $0 < 0x80 }
        work.spend(isPlain ? text.utf8.count / 8 : text.utf8.count)
        let start = String(String.UnicodeScalarView(text.unicodeScalars.prefix(maximumTitle)))
        let folded =
            isPlain
            ? start.lowercased()
            : CombiningMarks.limited(start).decomposedStringWithCanonicalMapping.lowercased()
        return folded.unicodeScalars.filter { !$0.isAccent }
            .split { !$0.isWordPart && !CombiningMarks.isMark($0) }.map { Spelling($0) }
    }

    private static let empty = Set(
        FilterWords.tasks.union(FilterWords.determiners).union(["to", "of", "for", "and", "with", "one", "s"])
            .map { Spelling($0) })
}

extension Unicode.Scalar {
    /// Whether the scalar is an accent of any script, except the marks that some scripts write vowels with.
    fileprivate var isAccent: Bool {
        switch value {
        case 0x300...0x36F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F: true
        default: false
        }
    }
}
