import JSON

/// What "it", "them" and "the first one" can mean.
struct Memory {
    /// The tasks of the list that was shown last, in its order.
    private(set) var shown: [Int] = []
    /// The one task that was spoken of last.
    private(set) var single: Int?
    /// What was spoken of last, one or several.
    private(set) var last: [Int] = []

    init(_ turns: some Sequence<Conversation.Turn>) {
        for turn in turns { remember(Self.ids(of: turn)) }
    }

    mutating func remember(_ ids: [Int]) {
        guard !ids.isEmpty else { return }
        last = ids
        single = ids.count == 1 ? ids.first : nil
        if ids.count > 1 || shown.isEmpty { shown = ids }
    }

    /// The tasks that the turn's answer names, else those of its last results.
    static func ids(of turn: Conversation.Turn) -> [Int] {
        let told = turn.steps.map { taskIDs($0.result) }
        let known = Set(told.flatMap(\.self))
        let named = named(in: turn.text).filter(known.contains)
        return named.isEmpty ? (told.last { !$0.isEmpty } ?? []).unique : named.unique
    }

    /// "Task 7" wherever it stands; in a line of a list only at its start, as the rest is a title.
    private static func named(in text: String) -> [Int] {
        text.split(whereSeparator: \.isNewline).flatMap { line -> [Int] in
            let isItem = line.first.map { "-*•".contains($0) } ?? false
            let words = line.split { $0.isWhitespace || "-*•".contains($0) }
            var found: [Int] = []
            for (word, next) in zip(words, words.dropFirst())
            where word.drop(while: { !$0.isLetter }).lowercased() == "task" {
                guard let id = Int(next.drop { !$0.isASCII || !$0.isNumber }.prefix { $0.isASCII && $0.isNumber })
                else {
                    continue
                }
                found.append(id)
                if isItem { break }
            }
            return found
        }
    }

    private static func taskIDs(_ result: JSONValue) -> [Int] {
        if let rows = TaskRow.rows(result) { return rows.map(\.id) }
        if let row = TaskRow(result) { return [row.id] }
        if let ids = result["task_ids"]?.array { return ids.compactMap(\.integer) }
        if let undone = result["undone"]?.array { return undone.compactMap { $0["task_id"]?.integer } }
        return ToolFailure(result)?.tasks.map(\.id) ?? []
    }
}
