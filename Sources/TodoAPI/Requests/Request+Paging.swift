import TodoStore

extension QueryReader {
    /// `limit` and `cursor`, as every list takes them.
    /// - Throws: `Problem`: 400 `bad_cursor`.
    mutating func paging() throws -> (limit: Int, cursor: PageCursor?) {
        let limit = integer("limit", in: 1...100) ?? 50
        guard let text = string("cursor") else { return (limit, nil) }
        guard let cursor = PageCursor(text) else {
            throw Problem(.badCursor, "The cursor is not one that this server gave.")
        }
        return (limit, cursor)
    }
}
