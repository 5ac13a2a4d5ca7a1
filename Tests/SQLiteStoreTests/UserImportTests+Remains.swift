import Foundation
import GRDB
import Identity
import StoreTesting
import Testing
import Time

@testable import SQLiteStore
@testable import TodoStore

/// Data that an import omits, and leftovers of a refused or interrupted one.
extension UserImportTests {
    @Test("Nobody's word is taken over but the user's: what ran, and what waited for a yes, is not")
    func leavesOut() async throws {
        try await run { fixture, path in
            try edit(
                path,
                """
                INSERT INTO turn (id, conversation_id, status, process, started_at) VALUES (2, 1, 'running', 7, 0);
                INSERT INTO message (conversation_id, turn_id, role, content, status, created_at)
                    VALUES (1, 2, 'user', 'go on', 'complete', 0);
                INSERT INTO confirmation (turn_id, changes) VALUES (2, '[["deleted", 1]]');
                INSERT INTO idempotency VALUES ('running', x'01', 'running', 7, 2, NULL, NULL, 1795377249000);
                INSERT INTO idempotency VALUES ('cut', x'01', 'interrupted', 7, 2, NULL, NULL, 1795377249000);
                INSERT INTO idempotency VALUES ('done', x'01', 'done', 7, NULL, 201, '{}', 1795377249000);
                UPDATE todo SET title_key = 'a lie', description_key = 'another' WHERE id = 7;
                UPDATE sqlite_sequence SET seq = 500 WHERE name = 'todo';
                """)
            for imports in [true, false] {
                if imports {
                    try await importing(path, as: alice, fixture, replaces: true)
                } else {
                    try await fixture.store.restore(alice, copy: path)
                }
                try await fixture.store.read(alice, orEmpty: ()) { reader in
                    let turn = try #require(try reader.turn(2))
                    #expect(turn.status == .interrupted)
                    #expect(
                        try reader.changesToConfirm(
                            before: Turn(
                                id: 3, conversationID: 1, status: .running, startedAt: .now, endedAt: nil,
                                idempotencyKey: nil,
                                userMessage: "", errorCode: nil, attempt: 1)
                        ).isEmpty)
                    #expect(try reader.idempotency("running") == nil)
                    #expect(try reader.idempotency("cut") == nil)
                    #expect(try reader.idempotency("done")?.status == 201)
                    #expect(try reader.todos(TodoQuery(search: "lie")).items.isEmpty)
                    #expect(try reader.todos(TodoQuery(search: "task 6")).items.map(\.id).contains(7))
                }
                let next = try await fixture.store.write(alice) { try $0.addTodo(.titled("next"), origin: .user).id }
                #expect(next == 501)
            }
        }
    }

    @Test("Every column of a user's database has its rule")
    func rules() throws {
        let queue = try DatabaseQueue()
        let columns = try queue.inDatabase { database in
            for migration in Schema.user.migrations { try database.execute(sql: migration) }
            let tables = try String.fetchAll(
                database,
                sql: """
                    SELECT name FROM sqlite_schema
                    WHERE type = 'table' AND name NOT IN ('sqlite_sequence', 'owner', 'confirmation')
                    """)
            return try tables.map { ($0, Set(try database.columns(in: $0).map(\.name))) }
        }
        let rules = Dictionary(uniqueKeysWithValues: TableRule.ofUser.map { ($0.name, Set($0.columns.keys)) })
        #expect(Dictionary(uniqueKeysWithValues: columns) == rules)
    }

    @Test("An import that was cut off anywhere leaves nothing that a check complains of", arguments: [false, true])
    func cutOff(isEntered: Bool) async throws {
        try await run { fixture, _ in
            try fixture.store.folder.file(of: .user(bob)).create()
            if isEntered { try await fixture.store.enter(bob, limit: 10) }
            await fixture.store.close()
            try await fixture.reopened { fixture in
                #expect(try await fixture.store.problems(of: bob.tenant) == [])
                let users = try await fixture.store.users(of: bob.tenant, limit: 10).compactMap(\.user)
                #expect(users.contains(bob.user) == isEntered)
                #expect(try await fixture.store.problems(of: bob) == [])
                #expect(try await fixture.store.problems(of: alice) == [])
            }
        }
    }

    @Test("An import that is refused leaves no file of the user")
    func refusedLeavesNothing() async throws {
        try await run { fixture, path in
            await #expect(throws: StoreError.quotaExceeded(.users)) {
                try await importing(path, as: bob, fixture, limits: StoreLimits(users: 1), adopts: true)
            }
            let path = try fixture.path(.user(bob))
            #expect(!FileManager.default.fileExists(atPath: path))
            let problems = try await fixture.store.problems(of: bob.tenant)
            #expect(problems == [])
        }
    }
}
