import TodoStore

extension QueryReader {
    /// Reads `limit` and `cursor` of a list.
    ///
    /// - Throws: `Problem`: 400 `bad_cursor`.
    mutating func paging() throws -> (limit: Int, cursor: PageCursor?) {
        let limit = integer("limit", in: 1...100) ?? 50
        guard let text = string("cursor") else { return (limit, nil) }
        guard let cursor = PageCursor(text) else {
            throw Problem(.badCursor, "The cursor is invalid.")
        }
        return (limit, cursor)
    }
}
