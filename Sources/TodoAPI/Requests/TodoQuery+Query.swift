import Time
import TodoStore

extension TodoQuery {
    /// Reads the query string of `GET /tasks`.
    ///
    /// - Throws: `Problem`: 400.
    init(_ query: String?) throws {
        var reader = try QueryReader(query)
        let (limit, cursor) = try reader.paging()
        func timestamp(_ name: String) -> Timestamp? {
            reader.value(name, "a time in RFC 3339 format") { Timestamp(rfc3339: $0) }
        }
        let search = reader.text("search", .search)
        self.init(
            status: reader.choice("status", Status.self) ?? .all,
            priority: reader.choice("priority", Priority.self),
            tags: reader.strings("tag"),
            dueFrom: timestamp("due_from"), dueTo: timestamp("due_to"),
            search: search,
            sort: reader.value("sort", "one of \(Self.sorts), optionally with a leading - for descending") {
                TodoQuery.Sort($0)
            }
                ?? .id,
            limit: limit, cursor: cursor)
        if tags.count > 20 { reader.fail("tag", "must be given at most 20 times") }
        try reader.finish()
    }

    private static let sorts = TodoQuery.Sort.Field.allCases.map(\.rawValue).joined(separator: ", ")
}
