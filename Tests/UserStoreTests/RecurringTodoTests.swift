import Foundation
import StoreTesting
import Testing
import Time

@testable import TodoStore

@Suite struct RecurringTodoTests {
    private static let berlin = TimeZone(identifier: "Europe/Berlin") ?? .gmt

    @Test(
        "Completing a recurring task makes the next one, once, and undo takes both back",
        arguments: StoreBackend.allCases)
    func completing(backend: StoreBackend) async throws {
        let alice = StoreFixture.alice
        try await StoreFixture.run(backend) { fixture in
            let draft = try TodoDraft(
                title: "Water", priority: .high, tags: ["home"], dueAt: Timestamp(rfc3339: "2026-11-29T08:00:00Z"),
                recurrence: "FREQ=WEEKLY")
            func complete(_ completed: Bool) async throws {
                _ = try await fixture.store.write(alice) {
                    try $0.setCompleted(1, completed, origin: .user, timeZone: Self.berlin)
                }
            }
            func todos() async throws -> [Todo] {
                try await fixture.store.read(alice, orEmpty: []) { try $0.todos(TodoQuery()).items }
            }
            let first = try await fixture.store.write(alice) { try $0.addTodo(draft, origin: .user) }
            try await complete(true)
            try await complete(true)
            let two = try await todos()
            #expect(two.map(\.dueAt?.rfc3339) == ["2026-11-29T08:00:00Z", "2026-12-06T08:00:00Z"])
            #expect(two.map(\.completed) == [true, false])
            #expect(two.map(\.recurrence) == [nil, "FREQ=WEEKLY"])
            #expect(two[1].tags == ["home"] && two[1].priority == .high)
            try await complete(false)
            try await complete(true)
            #expect(try await todos().count == 2)

            for _ in 1...3 { _ = try await fixture.store.write(alice) { try $0.undo(.last, origin: .user) } }
            let back = try await todos()
            #expect(back.map(\.id) == [1])
            #expect(back[0].recurrence == first.recurrence && !back[0].completed)
        }
    }
}
