import Time
import TodoStore

extension StoreCheck {
    /// Six tasks that no two orders list alike.
    private static func fill(_ test: StoreUnderTest) async throws {
        let drafts: [(String, Priority, [String], String?)] = [
            ("beta", .low, ["home"], nil), ("Alpha", .high, ["Work", "home"], "2026-12-03T00:00:00Z"),
            ("gamma", .medium, [], "2026-12-01T00:00:00Z"), ("Ärger", .medium, ["work"], "2026-12-02T00:00:00Z"),
            ("alpha two", .high, [], nil), ("100% done_now", .low, ["x"], "2026-12-03T00:00:00Z"),
        ]
        for (title, priority, tags, due) in drafts {
            test.advance(1)
            _ = try await test.store.write(test.account()) { transaction in
                try transaction.addTodo(
                    TodoDraft(
                        title: title, priority: priority, tags: tags, dueAt: due.flatMap { Timestamp(rfc3339: $0) }),
                    origin: .user)
            }
        }
    }

    private static func ids(_ test: StoreUnderTest, _ query: TodoQuery) async throws -> [Int] {
        try await test.store.read(test.account(), orEmpty: []) { try $0.todos(query).items.map(\.id) }
    }

    static let queries: [StoreCheck] = [
        StoreCheck("Each order has its pages, whole and without repetition, both ways") { test in
            try await fill(test)
            let orders: [(TodoQuery.Sort.Field, [Int])] = [
                (.id, [1, 2, 3, 4, 5, 6]), (.createdAt, [1, 2, 3, 4, 5, 6]), (.updatedAt, [1, 2, 3, 4, 5, 6]),
                (.title, [6, 2, 5, 1, 3, 4]), (.priority, [1, 6, 3, 4, 2, 5]), (.dueAt, [3, 4, 2, 6, 1, 5]),
            ]
            for (field, expected) in orders {
                for isDescending in [false, true] {
                    let sort = TodoQuery.Sort(field, descending: isDescending)
                    var query = TodoQuery(sort: sort, limit: 4)
                    var found = try await ids(test, query)
                    let cursor = try await test.store.read(test.account(), orEmpty: nil) { [query] in
                        try $0.todos(query).nextCursor
                    }
                    query.cursor = cursor.flatMap { PageCursor($0) }
                    found += try await ids(test, query)
                    var whole = isDescending ? Array(expected.reversed()) : expected
                    // Tasks without a due date come last, both ways.
                    if field == .dueAt, isDescending { whole = [6, 2, 4, 3, 5, 1] }
                    try same(found, whole, "by \(sort.text)")
                }
            }
        },
        StoreCheck("Filters by status, priority, tags and due dates, alone and together") { test in
            try await fill(test)
            let (from, to) = (Timestamp(rfc3339: "2026-12-02T00:00:00Z"), Timestamp(rfc3339: "2026-12-03T00:00:00Z"))
            try same(try await ids(test, TodoQuery(priority: .high)), [2, 5], "priority")
            try same(try await ids(test, TodoQuery(tags: ["WORK"])), [2, 4], "a tag, whatever the case")
            try same(try await ids(test, TodoQuery(tags: ["home", "work"])), [2], "two tags")
            try same(try await ids(test, TodoQuery(dueFrom: from, dueTo: to)), [2, 4, 6], "due dates, both included")
            try same(try await ids(test, TodoQuery(priority: .low, dueFrom: from)), [6], "priority and due date")
            try same(try await ids(test, TodoQuery(status: .completed)), [], "completed")
        },
        StoreCheck("A search wants each word in title, description or a tag, whatever the case") { test in
            try await fill(test)
            try same(try await ids(test, TodoQuery(search: "ALPHA")), [2, 5], "a word")
            try same(try await ids(test, TodoQuery(search: "alpha home")), [2], "words of title and tag")
            try same(try await ids(test, TodoQuery(search: "äRGER")), [4], "letters beyond ASCII")
            try same(try await ids(test, TodoQuery(search: "a\u{308}rger")), [4], "decomposed letters")
            try same(try await ids(test, TodoQuery(search: "100% done_")), [6], "characters of patterns")
            try same(try await ids(test, TodoQuery(search: "%")), [6], "a character of patterns alone")
        },
        StoreCheck("A cursor of another list or order is refused") { test in
            try await fill(test)
            let cursor = try await test.store.read(test.account(), orEmpty: nil) {
                try $0.todos(TodoQuery(limit: 1)).nextCursor
            }
            let query = TodoQuery(sort: TodoQuery.Sort(.title), cursor: cursor.flatMap { PageCursor($0) })
            try await refused(StoreError.badCursor, "a cursor by id in a list by title") {
                try await ids(test, query)
            }
            try await refused(StoreError.badCursor, "a cursor of tasks in the journal") {
                try await test.store.read(test.account(), orEmpty: 0) {
                    try $0.changes(limit: 1, cursor: query.cursor).items.count
                }
            }
        },
    ]
}
