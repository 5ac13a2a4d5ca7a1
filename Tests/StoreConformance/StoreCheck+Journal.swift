import Foundation
import JSON
import TodoStore

extension StoreCheck {
    static let journal: [StoreCheck] = [
        StoreCheck("The journal has each change, newest first, in pages") { test in
            let alice = try test.account()
            try await test.add("a", "b", to: alice)
            _ = try await test.store.write(alice) { try $0.deleteTodo(1, origin: Change.Origin(actor: .import)) }
            try await test.store.read(alice, orEmpty: ()) { reader in
                let page = try reader.changes(limit: 2)
                try same(page.items.map(\.id), [3, 2], "first page")
                try same(page.items[0].kind, .deleted, "kind")
                try same(page.items[0].actor, .import, "actor")
                try same(page.items[0].before?["title"]?.string, "a", "task before")
                try same(page.items[0].after, nil, "task after")
                let rest = try reader.changes(limit: 2, cursor: page.nextCursor.flatMap { PageCursor($0) })
                try same(rest.items.map(\.id), [1], "second page")
                try same(rest.nextCursor, nil, "end")
            }
        },
        StoreCheck("An undo takes back what was changed together, and can be undone") { test in
            let alice = try test.account()
            try await test.add("a", "b", "c", to: alice)
            _ = try await test.store.write(alice) { try $0.bulk(.delete, [1, 3], origin: .user, timeZone: .gmt) }
            let undone = try await test.store.write(alice) { try $0.undo(.last, origin: .user).map(\.taskID) }
            try same(undone, [3, 1], "undone, newest first")
            try same(try await test.titles(of: alice), ["a", "b", "c"], "tasks with their ids")
            let redo = try await test.store.read(alice, orEmpty: 0) { try $0.changes(limit: 1).items.first?.id ?? 0 }
            _ = try await test.store.write(alice) { try $0.undo(.change(redo), origin: .user) }
            try same(try await test.titles(of: alice), ["b"], "tasks after undoing the undo")
        },
        StoreCheck("An undo of what was changed since is refused, with the differences") { test in
            let alice = try test.account()
            try await test.add("a", to: alice)
            for priority in [Priority.high, .low] {
                _ = try await test.store.write(alice) {
                    try $0.updateTodo(1, TodoPatch(priority: priority), origin: .user)
                }
            }
            let difference = Change.Difference(taskID: 1, field: "priority", expected: "high", current: "low")
            try await refused(StoreError.changedSince([difference]), "an undo of the first change") {
                try await test.store.write(alice) { try $0.undo(.change(2), origin: .user) }
            }
            try await refused(StoreError.notFound(.change), "an undo of a change that never was") {
                try await test.store.write(alice) { try $0.undo(.change(99), origin: .user) }
            }
        },
        StoreCheck("An undo of a turn takes back all of its changes, several to one task, too") { test in
            let alice = try test.account()
            try await test.add("a", to: alice)
            let turn = try await test.store.write(alice) { transaction in
                let conversation = try transaction.createConversation(title: "c").id
                return try transaction.beginTurn(conversation: conversation, userMessage: "do")
            }
            let origin = Change.Origin(
                actor: .assistant, turnID: turn.id, conversationID: turn.conversationID)
            for priority in [Priority.high, .low] {
                _ = try await test.store.write(alice) {
                    try $0.updateTodo(1, TodoPatch(priority: priority), origin: origin)
                }
            }
            _ = try await test.store.write(alice) { try $0.addTodo(TodoDraft(title: "b"), origin: origin) }
            let marks = try await test.store.read(alice, orEmpty: []) { try $0.changeMarks(turn: turn.id) }
            try same(marks.map(\.change.kind), [.updated, .updated, .created], "changes of the turn")
            _ = try await test.store.write(alice) { try $0.undo(.turn(turn.id), origin: .user) }
            try same(try await test.titles(of: alice), ["a"], "tasks")
            let task = try await test.store.read(alice, orEmpty: nil) { try $0.todo(1) }
            try same(task?.priority, .medium, "priority")
            try same(task?.version, 5, "version")
        },
    ]
}
