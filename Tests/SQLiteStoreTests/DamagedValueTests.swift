import Foundation
import GRDB
import Identity
import JSON
import StoreTesting
import Testing

@testable import SQLiteStore
@testable import TodoStore

/// Files placed in the data folder by hand, with values that no version writes.
@Suite struct DamagedValueTests {
    private let alice = StoreFixture.alice
    private let bob = StoreFixture.account("acme", "bob")

    /// Changes the closed file of alice, and opens the store again.
    private func run(_ sql: String, _ body: (StoreFixture) async throws -> Void) async throws {
        try await StoreFixture.run { fixture in
            for account in [alice, bob] {
                try await fixture.store.write(account) { transaction in
                    _ = try transaction.addTodo(.titled("a"), origin: .user)
                    _ = try transaction.updateTodo(1, TodoPatch(priority: .high), origin: .user)
                    let conversation = try transaction.createConversation(title: "c")
                    let turn = try transaction.beginTurn(conversation: conversation.id, userMessage: "m")
                    try transaction.finishTurn(turn.id, Turn.End(status: .done, answer: "hi", isComplete: true))
                }
            }
            await fixture.store.close()
            let queue = try DatabaseQueue(path: fixture.path(.user(alice)))
            try queue.inDatabase { try $0.execute(sql: sql) }
            try queue.close()
            try await fixture.reopened(body)
        }
    }

    @Test(
        "The largest version is damage of that file, to whoever would count on",
        arguments: [
            "UPDATE todo SET version = 9223372036854775807",
            "UPDATE change SET before = json_set(before, '$.version', 9223372036854775807) WHERE id = 2",
        ])
    func versions(sql: String) async throws {
        try await run(sql) { fixture in
            let store = fixture.store
            await #expect(throws: StoreError.corrupt) {
                try await store.write(alice) { transaction in
                    _ = try transaction.undo(.last, origin: .user)
                    _ = try transaction.updateTodo(1, TodoPatch(priority: .low), origin: .user)
                }
            }
            #expect(store.statistics.faulty == 1)
            let version = try await store.write(bob) { transaction in
                try transaction.updateTodo(1, TodoPatch(priority: .low), origin: .user).version
            }
            #expect(version == 3)
        }
    }

    @Test("Changes that take each other back in a circle are damage, and undoing them ends")
    func circle() async throws {
        try await run(
            """
            UPDATE change SET undone_by = 2 WHERE id = 1;
            UPDATE change SET undone_by = 1 WHERE id = 2;
            """
        ) { fixture in
            await #expect(throws: StoreError.corrupt) {
                try await fixture.store.write(alice) { try $0.undo(.change(1), origin: .user).count }
            }
        }
    }

    @Test(
        "A step, a turn or a message that cannot be read takes nothing else of its conversation with it",
        arguments: [
            ("UPDATE step SET body = '{' WHERE turn_id = 2", ["m", "q2", "q3"], 6),
            ("UPDATE step SET body = '{\"content\":1}' WHERE turn_id = 2", ["m", "q2", "q3"], 6),
            ("UPDATE turn SET status = 'odd' WHERE id = 2", ["m", "q3"], 6),
            ("UPDATE message SET status = 'odd' WHERE turn_id = 2", ["m", "q2", "q3"], 4),
        ])
    func conversation(_ sql: String, _ questions: [String], _ messages: Int) async throws {
        let more = """
            INSERT INTO turn (id, conversation_id, status, process, started_at)
                SELECT column1, 1, 'done', 0, 0 FROM (VALUES (2), (3));
            INSERT INTO message (conversation_id, turn_id, role, content, status, created_at)
                SELECT 1, column1, column2, column3, 'complete', 0
                FROM (VALUES (2, 'user', 'q2'), (2, 'assistant', 'a2'), (3, 'user', 'q3'), (3, 'assistant', 'a3'));
            INSERT INTO step (turn_id, position, call_index, body) VALUES
                (2, 1, NULL, '{"content":"","provider":"p","calls":[{"id":"a","name":"undo","arguments":{}}]}'),
                (2, 2, 0, '{"call_index":0,"call_id":"a","tool":"undo","result":{}}');
            """
        try await run("\(more)\nPRAGMA ignore_check_constraints = ON;\n\(sql)") { fixture in
            let (history, items) = try await fixture.store.read(alice, orEmpty: ([], [])) { reader in
                (
                    try reader.history(conversation: 1, turns: 10),
                    try reader.messages(conversation: 1, limit: 10).items
                )
            }
            #expect(history.map(\.userMessage) == questions)
            #expect(history.last?.answer == "a3")
            #expect(history.map(\.isDamaged).contains(true) == sql.hasPrefix("UPDATE step"))
            #expect(items.count == messages)
            // A new turn goes on.
            try await fixture.store.write(alice) { _ = try $0.beginTurn(conversation: 1, userMessage: "q4") }
        }
    }

    @Test(
        "A value of another type, or none, is damage of that file",
        arguments: [
            ("todo", "title = NULL"), ("todo", "version = 'x'"), ("todo", "created_at = x'00'"), ("todo", "id = NULL"),
            ("todo", "priority = 'high'"), ("todo", "tags = NULL"), ("change", "task_id = 'x'"),
            ("change", "kind = NULL"),
            ("change", "is_undo = NULL"), ("change", "at = 'then'"), ("conversation", "title = NULL"),
            ("conversation", "updated_at = 'x'"), ("message", "content = NULL"), ("message", "input_tokens = 'x'"),
            ("turn", "started_at = NULL"), ("turn", "status = NULL"), ("turn", "ended_at = x'FF'"),
        ])
    func types(table: String, assignment: String) async throws {
        // As in a table without types.
        let sql = """
            PRAGMA foreign_keys = OFF;
            CREATE TABLE other AS SELECT * FROM \(table);
            DROP TABLE \(table);
            ALTER TABLE other RENAME TO \(table);
            UPDATE \(table) SET \(assignment);
            """
        try await run(sql) { fixture in
            func attempt(_ body: @escaping @Sendable (UserReader) throws -> Void) async {
                do {
                    try await fixture.store.read(alice, orEmpty: (), body)
                } catch {
                    #expect(error is StoreError, "\(error)")
                }
            }
            await attempt { _ = try $0.todos(TodoQuery()) }
            await attempt { reader in
                var writer = JSONWriter()
                try reader.writeTodos(TodoQuery(limit: 1), to: &writer)
            }
            await attempt { _ = try $0.statistics(timeZone: .gmt) }
            await attempt { _ = try $0.changes(limit: 10) }
            await attempt { _ = try $0.changeMarks(turn: 1) }
            await attempt { _ = try $0.conversations(limit: 10) }
            await attempt { _ = try $0.messages(conversation: 1, limit: 10) }
            await attempt { _ = try $0.history(conversation: 1, turns: 10) }
            await attempt { _ = try $0.turn(1) }
            await attempt { _ = try $0.todoIDs(.pending) }
            _ = try? await fixture.store.summary(of: alice)
            _ = try? await fixture.store.write(alice) { transaction in
                _ = try transaction.addTodo(.titled("b"), origin: .user)
                _ = try transaction.updateTodo(1, TodoPatch(priority: .low), origin: .user)
                _ = try transaction.undo(.last, origin: .user)
            }
            let count = try await fixture.store.read(bob, orEmpty: 0) { try $0.counts().tasks }
            #expect(count == 1)
        }
    }
}
