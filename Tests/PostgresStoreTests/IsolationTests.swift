import Foundation
import Identity
import JSON
import StoreTesting
import TestSupport
import Testing

@testable import Postgres
@testable import PostgresStore
@testable import TodoStore

@Suite struct IsolationTests {
    private let alice = PostgresFixture.alice
    private let bob = PostgresFixture.account("acme", "bob")

    @Test("Each statement for a user's rows names the account", arguments: Statement.catalogue.map(\.sql.description))
    func namesAccount(sql: String) {
        #expect(sql.contains("account = $1") || sql.contains("INSERT INTO") && sql.contains("VALUES ($1,"))
        // Each table of users' rows that it reads has the condition itself.
        let tables = [
            " todo", " change", " conversation", " turn", " message", " step", " confirmation", " idempotency",
        ]
        for part in sql.components(separatedBy: "SELECT").dropFirst() {
            for table in tables where part.contains("FROM\(table) ") || part.contains("FROM\(table)\n") {
                #expect(part.contains("account = $1"), "\(table)")
            }
        }
    }

    @Test("Row security is forced for every table with users' rows")
    func isForced() async throws {
        try await PostgresFixture.run { fixture in
            let tables = try fixture.database.ask(
                Statement(
                    "test_forced",
                    """
                    SELECT relname::text, relrowsecurity AND relforcerowsecurity FROM pg_class
                    WHERE relnamespace = 'steward'::regnamespace AND relkind = 'r' ORDER BY 1
                    """))
            let control = ["audit", "config", "job", "node", "running", "schema_version", "tenant"]
            var forced: [String] = []
            for row in 0..<tables.rowCount {
                if try tables.bool(row, 1) {
                    forced.append(try tables.text(row, 0))
                } else {
                    #expect(control.contains(try tables.text(row, 0)))
                }
            }
            #expect(
                forced
                    == [
                        "account", "change", "conversation", "confirmation", "idempotency", "message", "step", "todo",
                        "turn",
                    ].sorted())
        }
    }

    @Test("The role of the server owns nothing and may pass no policy")
    func role() async throws {
        try await PostgresFixture.run { fixture in
            let role = try fixture.database.ask(
                Statement(
                    "test_role",
                    """
                    SELECT NOT rolsuper AND NOT rolbypassrls AND NOT rolinherit AND NOT rolcreaterole AND NOT EXISTS (
                        SELECT 1 FROM pg_class WHERE relowner = pg_roles.oid)
                    FROM pg_roles WHERE rolname = 'steward_app'
                    """))
            #expect(try role.bool(0, 0))
        }
    }

    /// Stores something in every table.
    private func fill(_ account: Account, _ store: PostgresUsers) async throws {
        try await store.write(account) { transaction in
            let task = try transaction.addTodo(TodoDraft(title: "a"), origin: .user)
            let conversation = try transaction.createConversation(title: "c").id
            let turn = try transaction.beginTurn(conversation: conversation, userMessage: "hello")
            try transaction.appendStep(
                turn.claim, .tool(callIndex: 0, callID: "c", tool: "t", result: ["task_id": .integer(task.id)]))
            _ = try transaction.askConfirmation(turn: turn.id, [Change.Effect(kind: .deleted, taskID: 1)])
            try transaction.claimIdempotency("k", requestHash: [1])
        }
    }

    @Test("No statement reads or changes a row of another user than the transaction's")
    func refusesOthers() async throws {
        try await PostgresFixture.run { fixture in
            try await fill(alice, fixture.store)
            try await fill(bob, fixture.store)
            let types = try await fixture.database.parameterTypes(of: Statement.catalogue)
            for statement in Statement.catalogue { try check(statement, types[statement.name] ?? [], fixture) }
        }
    }

    /// Runs a statement as alice with bob's account.
    private func check(_ statement: Statement, _ types: [Substring], _ fixture: PostgresFixture) throws {
        let before = try fixture.database.content()
        let connection = try PostgresConnection(fixture.database.app, deadline: .now + .seconds(5))
        defer { connection.close() }
        var setting = Arguments()
        setting.append(try AccountKey(alice).text)
        try connection.send(.begin)
        try connection.send(.setAccount, setting)
        try connection.send(statement, TestDatabase.arguments(of: types, account: AccountKey(bob).uuid))
        do {
            let result = try #require(try connection.finish(by: .now + .seconds(5)).last)
            // A sum, a count or a question has one row, which must be that of an empty table.
            let isNothing = try result.rowCount > 0 ? result.isEmptyAnswer : result.changedRows == 0
            #expect(isNothing, "\(statement.name)")
            try connection.send(.commit)
            _ = try connection.finish(by: .now + .seconds(5))
        } catch PostgresError.permissionDenied {
            try connection.send(.rollback)
            _ = try connection.finish(by: .now + .seconds(5))
        }
        #expect(try fixture.database.content() == before, "\(statement.name)")
    }

    @Test("Without an account no row is visible, also after a transaction that had one")
    func nothingWithoutAccount() async throws {
        try await PostgresFixture.run { fixture in
            try await fill(alice, fixture.store)
            let connection = try PostgresConnection(fixture.database.app, deadline: .now + .seconds(5))
            defer { connection.close() }
            let count = Statement("test_count", "SELECT count(*) FROM todo")
            var setting = Arguments()
            setting.append(try AccountKey(alice).text)
            try connection.send(count)
            #expect(try connection.finish(by: .now + .seconds(5)).last?.int(0, 0) == 0)
            try connection.send(.begin)
            try connection.send(.setAccount, setting)
            try connection.send(count)
            try connection.send(.commit)
            #expect(try connection.finish(by: .now + .seconds(5))[2].int(0, 0) == 1)
            try connection.send(count)
            #expect(try connection.finish(by: .now + .seconds(5)).last?.int(0, 0) == 0)
        }
    }
}

extension PostgresResult {
    /// Whether a single row has nothing but NULL, 0, false and empty arrays.
    var isEmptyAnswer: Bool {
        get throws {
            guard rowCount == 1 else { return false }
            for column in types.indices {
                if try isNull(0, column) { continue }
                if let number = try? int(0, column), number == 0 { continue }
                if let flag = try? bool(0, column), !flag { continue }
                if let texts = try? texts(0, column), texts.isEmpty { continue }
                return false
            }
            return true
        }
    }
}
