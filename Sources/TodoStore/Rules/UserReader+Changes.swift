extension UserReader {
    /// The journal, newest first.
    package func changes(limit: Int, cursor: PageCursor? = nil) throws -> Page<Change> {
        let before = try cursor?.checked(for: Self.changeList).id ?? Int.max
        var builder = Page<Change>.Builder(limit: limit)
        for row in try rows.changes(before: before, limit: limit + 1) {
            guard builder.takes(Page<Change>.Builder.frame + row.taskBytes) else { break }
            builder.append(try Change(row))
        }
        return builder.page {
            PageCursor(list: Self.changeList, key: .number($0.id), id: $0.id)
        }
    }

    /// Returns nil for a change that does not exist or was deleted.
    package func change(_ id: Int) throws -> Change? { try rows.change(id).map(Change.init) }

    /// The changes of a turn of the assistant, oldest first.
    package func changes(turn id: Int) throws -> [Change] { try rows.changes(turn: id).map(Change.init) }

    /// The entries of a turn in the journal, oldest first.
    package func changeMarks(turn: Int) throws -> [Change.Mark] { try rows.changeMarks(turn: turn) }

    private static let changeList = "changes"
}
