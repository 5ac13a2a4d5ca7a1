import JSON
import Text

/// The tasks that "it", "them" and "the first one" refer to.
struct Memory {
    /// The tasks of the list that was shown last, in order.
    private(set) var shown: [Int] = []
    /// The single task that was mentioned last.
    private(set) var single: Int?
    /// The tasks that were mentioned last.
    private(set) var last: [Int] = []

    /// The maximum length of answers and results that are read, newest first, in bytes.
    private static let maximumBytes = 128 << 10

    init(_ turns: some BidirectionalCollection<Conversation.Turn>, _ work: Work) {
        var spoken: [[Int]] = []
        var bytes = 0
        for turn in turns.reversed() {
            bytes += turn.text.utf8.count + turn.steps.reduce(0) { $0 + $1.content.utf8.count }
            guard bytes <= Self.maximumBytes || spoken.isEmpty else { break }
            let ids = Self.ids(of: turn, work)
            spoken.append(ids)
            // A list replaces everything mentioned before it.
            if ids.count > 1 { break }
        }
        for ids in spoken.reversed() { remember(ids) }
    }

    mutating func remember(_ ids: [Int]) {
        guard !ids.isEmpty else { return }
        last = ids
        single = ids.count == 1 ? ids.first : nil
        if ids.count > 1 || shown.isEmpty { shown = ids }
    }

    /// Returns the tasks named in the turn's answer or, if there are none, in its last results.
    private static func ids(of turn: Conversation.Turn, _ work: Work) -> [Int] {
        let told = turn.steps.map { taskIDs($0.result(work)) }
        let known = Set(told.flatMap(\.self))
        guard !known.isEmpty else { return [] }
        work.spend(turn.text.utf8.count / 4)
        let named = named(in: turn.text).filter(known.contains)
        return named.isEmpty ? (told.last { !$0.isEmpty } ?? []).unique : named.unique
    }

    /// Returns the ids of "Task 7" anywhere in the text; in a line of a list only at its start, because the rest is a
    /// title.
    private static func named(in text: String) -> [Int] {
        text.utf8.split { $0 == 0x0A || $0 == 0x0D }.flatMap { line -> [Int] in
            let isItem = line.first.map { isBullet($0) } ?? false || line.starts(with: "•".utf8)
            let words = line.split { $0 == 0x20 || $0 == 0x09 || isBullet($0) }
            var found: [Int] = []
            for (word, next) in zip(words, words.dropFirst())
            where isNoun(Substring(word.drop { !isLetter($0) })) {
                let digits = next.drop { !isDigit($0) }.prefix { isDigit($0) }
                guard let id = Int(Substring(digits)) else { continue }
                found.append(id)
                if isItem { break }
            }
            return found
        }
    }

    /// Returns whether the word is "task" in any language.
    private static func isNoun(_ word: Substring) -> Bool {
        AnswerWords.nouns.contains { word.equalsIgnoringASCIICase($0) }
    }

    private static func isBullet(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "-") || byte == UInt8(ascii: "*") }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// Returns whether the byte is an ASCII letter or part of a non-ASCII scalar.
    private static func isLetter(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte.lowercasedASCII)
    }

    private static func taskIDs(_ result: JSONValue) -> [Int] {
        if let rows = TaskRow.rows(result) { return rows.map(\.id) }
        if let row = TaskRow(result) { return [row.id] }
        if let ids = result["task_ids"]?.array { return ids.compactMap(\.integer) }
        if let undone = result["undone"]?.array { return undone.compactMap { $0["task_id"]?.integer } }
        return ToolFailure(result)?.tasks.map(\.id) ?? []
    }
}
