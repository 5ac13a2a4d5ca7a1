import Foundation
import JSON
import NIOCore
import StoreTesting
import Testing
import Time

@testable import TodoStore

@Suite struct TodoQueryTests {
    private let alice = StoreFixture.alice

    /// Runs a test with ten todos, each with some unique and some shared attributes.
    private func filled(
        _ backend: StoreBackend, _ body: (StoreFixture) async throws -> Void
    ) async throws {
        try await StoreFixture.run(backend) { fixture in
            let drafts: [TodoDraft] = [
                try .titled("Buy milk", priority: .low, tags: ["shop", "home"], due: "2026-11-25T00:00:00Z"),
                try .titled("call Élodie", description: "about 100%_sure\\", priority: .high),
                try .titled("apples", tags: ["shop"], due: "2026-11-24T00:00:00Z"),
                try .titled("Zebra", priority: .high, due: "2026-11-25T00:00:00Z"),
                try .titled("apples", priority: .low),
                try .titled("100 percent sure", description: "milk is in the other text"),
                try .titled("äpfel", tags: ["home"], due: "2026-12-01T00:00:00Z"),
                try .titled("Buy"), try .titled("b", priority: .high), try .titled("a", priority: .low),
            ]
            for draft in drafts {
                fixture.clock.advance(seconds: 1)
                _ = try await fixture.store.write(alice) { try $0.addTodo(draft, origin: .user) }
            }
            _ = try await fixture.store.write(alice) { transaction in
                for id in [2, 5] { _ = try transaction.setCompleted(id, true, origin: .user, timeZone: .gmt) }
            }
            try await body(fixture)
        }
    }

    private func ids(_ fixture: StoreFixture, _ query: TodoQuery) async throws -> [Int] {
        try await fixture.store.read(alice, orEmpty: []) { try $0.todos(query).items.map(\.id) }
    }

    @Test("Pages of any size show every todo once, in the order asked for", arguments: StoreBackend.allCases)
    func paging(backend: StoreBackend) async throws {
        try await filled(backend) { fixture in
            for field in TodoQuery.Sort.Field.allCases {
                for sort in [TodoQuery.Sort(field), TodoQuery.Sort(field, descending: true)] {
                    let whole = try await ids(fixture, TodoQuery(sort: sort))
                    #expect(whole.count == 10)
                    for limit in [1, 3, 9, 10] {
                        var seen: [Int] = []
                        var query = TodoQuery(sort: sort, limit: limit)
                        repeat {
                            let asked = query
                            let page = try await fixture.store.read(alice, orEmpty: nil) { try $0.todos(asked) }
                            let found = try #require(page)
                            seen += found.items.map(\.id)
                            query.cursor = try found.nextCursor.map { try #require(PageCursor($0)) }
                        } while query.cursor != nil
                        #expect(seen == whole, "\(sort.text) by \(limit)")
                    }
                }
            }
        }
    }

    @Test(
        "Each order is what it says, equal ones by id, and no due date last",
        arguments: [
            ("id", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
            ("-id", [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]),
            ("due_at", [3, 1, 4, 7, 2, 5, 6, 8, 9, 10]),
            ("-due_at", [7, 4, 1, 3, 10, 9, 8, 6, 5, 2]),
            ("priority", [1, 5, 10, 3, 6, 7, 8, 2, 4, 9]),
            ("-priority", [9, 4, 2, 8, 7, 6, 3, 10, 5, 1]),
            ("title", [6, 10, 3, 5, 9, 8, 1, 2, 4, 7]),
            ("created_at", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
            ("-updated_at", [10, 5, 2, 9, 8, 7, 6, 4, 3, 1]),
        ], StoreBackend.allCases)
    func orders(order: (sort: String, ids: [Int]), backend: StoreBackend) async throws {
        let sort = try #require(TodoQuery.Sort(order.sort))
        try await filled(backend) { fixture in
            try await #expect(ids(fixture, TodoQuery(sort: sort)) == order.ids)
        }
    }

    @Test("Filters keep what matches all of them", arguments: StoreBackend.allCases)
    func filters(backend: StoreBackend) async throws {
        let due = try ["2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z"].map { try #require(Timestamp(rfc3339: $0)) }
        let cases: [(TodoQuery, [Int])] = [
            (TodoQuery(status: .completed), [2, 5]),
            (TodoQuery(status: .pending, priority: .low), [1, 10]),
            (TodoQuery(priority: .high), [2, 4, 9]),
            (TodoQuery(tags: ["shop"]), [1, 3]),
            (TodoQuery(tags: ["home", "shop"]), [1]),
            (TodoQuery(tags: ["Shop"]), [1, 3]),
            (TodoQuery(tags: ["sho"]), []),
            (TodoQuery(search: "HOM shop"), [1]),
            (TodoQuery(dueFrom: due[1]), [1, 4, 7]),
            (TodoQuery(dueTo: due[0]), [3]),
            (TodoQuery(dueFrom: due[0], dueTo: due[1]), [1, 3, 4]),
            (TodoQuery(search: "BUY"), [1, 8]),
            (TodoQuery(search: "milk buy"), [1]),
            (TodoQuery(search: "milk"), [1, 6]),
            (TodoQuery(search: "ÉLODIE"), [2]),
            (TodoQuery(search: "e\u{301}lodie"), [2]),
            (TodoQuery(search: "ÄPF"), [7]),
            (TodoQuery(search: "%"), [2]),
            (TodoQuery(search: "_"), [2]),
            (TodoQuery(search: "\\"), [2]),
            (TodoQuery(search: "100%"), [2]),
            (TodoQuery(search: "' OR 1=1 --"), []),
            (TodoQuery(search: "  "), Array(1...10)),
        ]
        try await filled(backend) { fixture in
            for (query, expected) in cases { try await #expect(ids(fixture, query) == expected, "\(query)") }
        }
    }

    @Test("A cursor counts only for its own list and order", arguments: StoreBackend.allCases)
    func foreignCursors(backend: StoreBackend) async throws {
        try await filled(backend) { fixture in
            let sort = TodoQuery.Sort(.title)
            let page = try await fixture.store.read(alice, orEmpty: nil) {
                try $0.todos(TodoQuery(sort: sort, limit: 1))
            }
            let cursor = try #require(page?.nextCursor.flatMap { PageCursor($0) })
            await #expect(throws: StoreError.badCursor) { try await ids(fixture, TodoQuery(cursor: cursor)) }
            await #expect(throws: StoreError.badCursor) {
                try await ids(fixture, TodoQuery(sort: TodoQuery.Sort(.title, descending: true), cursor: cursor))
            }
            let forged = PageCursor(list: "tasks title", key: .number(1), id: 1)
            await #expect(throws: StoreError.badCursor) {
                try await ids(fixture, TodoQuery(sort: sort, cursor: forged))
            }
            await #expect(throws: StoreError.badCursor) {
                try await fixture.store.read(alice, orEmpty: ()) { _ = try $0.changes(limit: 1, cursor: cursor) }
            }
        }
    }

    @Test("The page that is written straight from the rows is the page of the values", arguments: StoreBackend.allCases)
    func writtenPage(backend: StoreBackend) async throws {
        try await filled(backend) { fixture in
            for query in [
                TodoQuery(limit: 3), TodoQuery(sort: TodoQuery.Sort(.dueAt), limit: 10), TodoQuery(search: "none"),
            ] {
                let text = try await fixture.store.read(alice, orEmpty: "") { reader in
                    var writer = JSONWriter()
                    try reader.writeTodos(query, to: &writer)
                    return String(buffer: writer.buffer)
                }
                let page = try await fixture.store.read(alice, orEmpty: nil) { try $0.todos(query) }
                let items = try #require(page).items.map(\.json)
                let cursor = page?.nextCursor.map { JSONValue.string($0) }
                let expected: JSONValue = ["items": .array(items), "next_cursor": cursor ?? .null]
                #expect(text == expected.text)
            }
        }
    }
}
