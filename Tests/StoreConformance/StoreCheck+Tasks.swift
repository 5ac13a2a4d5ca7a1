import Foundation
import JSON
import NIOCore
import Time
import TodoStore

extension StoreCheck {
    static let tasks: [StoreCheck] = [
        StoreCheck("A task keeps every member, and its page is written as its value is") { test in
            let alice = try test.account()
            let stored = try await test.store.write(alice) { transaction in
                try transaction.addTodo(
                    TodoDraft(
                        title: "Bücher \"zurück\"", description: "zwei\nZeilen \u{1F4DA}", priority: .high,
                        tags: ["Ärger", "home"], dueAt: Timestamp(rfc3339: "2026-12-01T08:00:00Z"),
                        recurrence: "FREQ=WEEKLY;BYDAY=MO"), origin: .user)
            }
            try await test.add("plain", to: alice)
            try await test.store.read(alice, orEmpty: ()) { reader in
                try same(try reader.todo(stored.id), stored, "task")
                let todos = try reader.todos(TodoQuery()).items
                try same(todos.first, stored, "first of the list")
                var writer = JSONWriter()
                try reader.writeTodos(TodoQuery(), to: &writer)
                let page = try JSONParser.parse(String(buffer: writer.buffer))
                try same(page["items"], .array(todos.map(\.json)), "page")
                try same(page["next_cursor"], .null, "cursor")
            }
        },
        StoreCheck("Ids ascend and are never used again, also after a restart") { test in
            let alice = try test.account()
            try await test.add("a", "b", to: alice)
            _ = try await test.store.write(alice) { try $0.deleteTodo(2, origin: .user) }
            try await test.restarted { store in
                let id = try await store.write(alice) { try $0.addTodo(TodoDraft(title: "c"), origin: .user).id }
                try same(id, 3, "id")
            }
        },
        StoreCheck("Versions count changes, and a change for another version is refused") { test in
            let alice = try test.account()
            try await test.add("a", to: alice)
            let changed = try await test.store.write(alice) {
                try $0.updateTodo(1, TodoPatch(priority: .high), origin: .user, ifVersion: [1])
            }
            try same(changed.version, 2, "version")
            try await refused(StoreError.versionMismatch(current: 2), "an old version") {
                try await test.store.write(alice) { try $0.deleteTodo(1, origin: .user, ifVersion: [1]) }
            }
            let unchanged = try await test.store.write(alice) {
                try $0.updateTodo(1, TodoPatch(priority: .high), origin: .user)
            }
            try same(unchanged.version, 2, "version after a change to the same")
        },
        StoreCheck("A bulk changes all of its tasks or none") { test in
            let alice = try test.account()
            try await test.add("a", "b", "c", to: alice)
            try await refused(StoreError.notFound(.task), "a task that is missing") {
                try await test.store.write(alice) {
                    try $0.bulk(.delete, [1, 2, 9], origin: .user, timeZone: .gmt)
                }
            }
            try same(try await test.titles(of: alice), ["a", "b", "c"], "tasks")
            let changed = try await test.store.write(alice) {
                try $0.bulk(.complete, [3, 1], origin: .user, timeZone: .gmt).map(\.id)
            }
            try same(changed, [3, 1], "tasks in the order in which they were named")
            try same(try await test.titles(of: alice, TodoQuery(status: .pending)), ["b"], "pending tasks")
            try same(
                try await test.store.read(alice, orEmpty: []) { try $0.todoIDs(.completed) }, [1, 3], "completed ids")
        },
        StoreCheck("Statistics count tasks, and the days on which some were completed") { test in
            let alice = try test.account()
            try await test.add("a", "b", "c", to: alice)
            for id in 1...2 {
                test.advance(86_400)
                _ = try await test.store.write(alice) {
                    try $0.setCompleted(id, true, origin: .user, timeZone: .gmt)
                }
            }
            let statistics = try await test.store.read(alice, orEmpty: .none) { try $0.statistics(timeZone: .gmt) }
            try same(statistics.total, 3, "total")
            try same(statistics.completed, 2, "completed")
            try same(statistics.medium, 3, "of medium priority")
            try same(statistics.streakDays, 2, "days in a row")
        },
    ]
}
