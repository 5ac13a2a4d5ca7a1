import Foundation
import GRDB
import Identity
import JSON
import StoreTesting
import Time

@testable import SQLiteStore
@testable import TodoStore

/// One of everything that a user's file can contain, and its verification.
enum SchemaContent {
    /// The stored steps of the first turn, with the opaque fields of its provider.
    static let steps: [TurnStep] = [
        .model(
            content: "",
            calls: [
                TurnStep.Call(
                    id: "c1", name: "add_task", arguments: ["title": "milk"], opaque: ["thought_signature": "AbC="])
            ], provider: "gemini", opaque: ["reasoning_details": [["type": "encrypted", "data": "ÄÖ"]]]),
        .tool(callIndex: 0, callID: "c1", tool: "add_task", result: ["task_id": 8, "status": "created"]),
    ]

    static func write(for account: Account, to fixture: StoreFixture) async throws {
        let berlin = TimeZone(identifier: "Europe/Berlin") ?? .gmt
        _ = try await fixture.store.write(account) { transaction in
            _ = try transaction.addTodo(
                .titled("Bücher zurückbringen", description: "zwei\nZeilen", priority: .high, tags: ["Ärger", "home"]),
                origin: .user)
            _ = try transaction.addTodo(
                TodoDraft(
                    title: "Rent", dueAt: Timestamp(rfc3339: "2026-12-01T08:00:00Z"),
                    recurrence: "FREQ=MONTHLY;BYMONTHDAY=1"), origin: .user)
            for number in 3...6 { _ = try transaction.addTodo(.titled("task \(number)"), origin: .user) }
        }
        fixture.clock.advance(seconds: 60)
        try await fixture.store.write(account) { transaction in
            // Its next occurrence is task 7.
            _ = try transaction.setCompleted(2, true, origin: .user, timeZone: berlin)
        }
        try await fixture.store.write(account) { transaction in
            _ = try transaction.bulk(.delete, [5, 6], origin: .user, timeZone: berlin)
        }
        try await fixture.store.write(account) { _ = try $0.undo(.last, origin: .user) }
        try await fixture.store.write(account) { transaction in
            _ = try transaction.deleteTodo(6, origin: Change.Origin(actor: .import))
            try transaction.claimIdempotency("done", requestHash: [1, 2, 3])
            try transaction.finishIdempotency("done", status: 201, body: #"{"id":1}"#)
        }
        try await talk(account, fixture)
        _ = try await fixture.store.write(StoreFixture.account(account.tenant.rawValue, "bob")) {
            try $0.addTodo(.titled("of bob"), origin: .user)
        }
        _ = try await fixture.store.delete(StoreFixture.account(account.tenant.rawValue, "bob"))
    }

    private static func talk(_ account: Account, _ fixture: StoreFixture) async throws {
        try await fixture.store.write(account) { transaction in
            let conversation = try transaction.createConversation(title: "Einkauf")
            let turn = try transaction.beginTurn(conversation: conversation.id, userMessage: "Add milk")
            let origin = Change.Origin(actor: .assistant, turnID: turn.id, conversationID: conversation.id)
            _ = try transaction.addTodo(.titled("milk"), origin: origin)
            for step in steps { try transaction.appendStep(turn: turn.id, step) }
            try transaction.finishTurn(
                turn.id,
                Turn.End(
                    status: .done, answer: "Added.", isComplete: true, provider: "gemini", model: "flash",
                    usage: Turn.Usage(inputTokens: 11, outputTokens: 7, cachedInputTokens: 5, cost: 0.125)))
            let second = try transaction.beginTurn(conversation: conversation.id, userMessage: "Delete all")
            _ = try transaction.askConfirmation(turn: second.id, [Change.Effect(kind: .deleted, taskID: 1)])
            try transaction.finishTurn(
                second.id, Turn.End(status: .failed, answer: "Shall", isComplete: false, errorCode: "provider_timeout"))
            // The end of the process comes in the middle of it.
            let third = try transaction.beginTurn(
                conversation: conversation.id, userMessage: "And now", idempotencyKey: "cut")
            try transaction.claimIdempotency("cut", requestHash: [4], turn: third.id)
            try transaction.appendStep(turn: third.id, .model(content: "So", calls: [], provider: "p", opaque: nil))
        }
    }

    /// Returns the rows of every table of a closed database, with the columns of `reference`, which may be older.
    static func rows(of path: String, columnsOf reference: String) throws -> [String: [[DatabaseValue]]] {
        let columns = try inDatabase(reference) { database in
            let tables = try String.fetchAll(database, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'")
            return try tables.map {
                ($0, try database.columns(in: $0).map { "\"\($0.name)\"" }.joined(separator: ", "))
            }
        }
        return try inDatabase(path) { database in
            var rows: [String: [[DatabaseValue]]] = [:]
            for (table, list) in columns {
                rows[table] = try Row.fetchAll(database, sql: "SELECT \(list) FROM \(table) ORDER BY 1, 2")
                    .map { Array($0.databaseValues) }
            }
            return rows
        }
    }

    private static func inDatabase<T>(_ path: String, _ body: (Database) throws -> T) throws -> T {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.inDatabase(body)
    }
}
