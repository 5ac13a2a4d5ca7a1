import Foundation
import GRDB
import Identity
import StoreTesting
import Testing
import Time

@testable import SQLiteStore
@testable import TodoStore

/// The requirements for an export to be imported.
@Suite struct UserImportTests {
    let alice = StoreFixture.alice
    let bob = StoreFixture.account("acme", "bob")
    let eve = StoreFixture.account("globex", "eve")

    /// Runs a test with a store in which alice has tasks, a conversation and a journal, and the path of her export.
    func run(_ body: (StoreFixture, String) async throws -> Void) async throws {
        try await StoreFixture.run { fixture in
            try await fixture.store.write(alice) { transaction in
                for number in 0..<60 {
                    _ = try transaction.addTodo(
                        .titled("task \(number)", description: String(repeating: "x", count: 300), tags: ["home"]),
                        origin: .user)
                }
                let conversation = try transaction.createConversation(title: "first")
                let turn = try transaction.beginTurn(conversation: conversation.id, userMessage: "hello")
                try transaction.finishTurn(turn.id, Turn.End(status: .done, answer: "hi", isComplete: true))
            }
            let path = fixture.folder + "/export"
            _ = try await fixture.store.snapshot(of: alice, to: path)
            try await body(fixture, path)
        }
    }

    func importing(
        _ path: String, as account: Account, _ fixture: StoreFixture, limits: StoreLimits = StoreLimits(),
        replaces: Bool = false, adopts: Bool = false
    ) async throws {
        try await fixture.store.importUser(
            account, copy: path, UserImport(limits: limits, replaces: replaces, adopts: adopts))
    }

    func expectTasks(_ count: Int?, of account: Account, _ fixture: StoreFixture) async throws {
        let summary = try await fixture.store.summary(of: account)
        #expect(summary?.tasks == count)
    }

    func edit(_ path: String, _ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.inDatabase { try $0.execute(sql: sql) }
        try queue.close()
    }

    @Test("The quota counts bytes, whatever the size of the pages of an imported file", arguments: [1024, 8192])
    func pageSizes(pageSize: Int) async throws {
        try await run { fixture, path in
            try edit(path, "PRAGMA journal_mode = DELETE; PRAGMA page_size = \(pageSize); VACUUM")
            let limits = StoreLimits(bytes: 400_000)
            try await importing(path, as: bob, fixture, limits: limits, adopts: true)
            let pages = try await fixture.store.read(bob, orEmpty: 0) {
                try Int.fetchOne($0.database, sql: "PRAGMA page_size") ?? 0
            }
            #expect(pages == 1024)
            func add() async throws {
                _ = try await fixture.store.write(bob, limits: limits) {
                    try $0.addTodo(.titled("x", description: String(repeating: "x", count: 900)), origin: .user)
                }
            }
            await #expect(throws: StoreError.quotaExceeded(.bytes)) { for _ in 0..<1000 { try await add() } }
            let used = try await fixture.store.read(bob, orEmpty: 0) { reader in
                let pages = try Int.fetchOne(reader.database, sql: "PRAGMA page_count") ?? 0
                return try pages * (Int.fetchOne(reader.database, sql: "PRAGMA page_size") ?? 0)
            }
            #expect((390_000..<450_000).contains(used), "\(used)")
            // A change that frees space is allowed.
            try await fixture.store.write(bob, limits: limits) { transaction in
                for todo in try transaction.todos(TodoQuery(limit: 50)).items {
                    _ = try transaction.deleteTodo(todo.id, origin: .user)
                }
            }
        }
    }

    @Test("An export becomes the data of a user who has none, with all that it holds", arguments: [false, true])
    func roundTrip(inWAL: Bool) async throws {
        try await run { fixture, path in
            // Like the file of a data folder after its server has ended.
            if inWAL { try edit(path, "PRAGMA journal_mode = WAL") }
            let before = try await fixture.store.summary(of: alice)
            #expect(try await fixture.store.delete(alice))
            try await importing(path, as: alice, fixture)
            let after = try await fixture.store.summary(of: alice)
            #expect(after?.tasks == 60)
            #expect(after?.messages == 2)
            #expect(after?.changes == before?.changes)
            #expect(after?.createdAt == before?.createdAt)
            // Ids continue after the imported ones.
            let next = try await fixture.store.write(alice) { try $0.addTodo(.titled("next"), origin: .user).id }
            #expect(next == 61)
            #expect(try await fixture.store.users(of: alice.tenant, limit: .max).compactMap(\.user) == [alice.user])
            #expect(try await fixture.store.problems(of: alice).isEmpty)
            #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.folder + "/.scratch") == [])
        }
    }

    @Test("A user who has data is left alone, unless it is to be replaced")
    func replacing() async throws {
        try await run { fixture, path in
            _ = try await fixture.store.write(alice) { try $0.addTodo(.titled("later"), origin: .user) }
            await #expect(throws: UserImport.Refusal.userHasData) { try await importing(path, as: alice, fixture) }
            try await expectTasks(61, of: alice, fixture)
            try await importing(path, as: alice, fixture, replaces: true)
            try await expectTasks(60, of: alice, fixture)
        }
    }

    @Test(
        "Another user's export is refused, unless it is to be adopted; then it is this user's",
        arguments: [false, true])
    func adopting(inWAL: Bool) async throws {
        try await run { fixture, path in
            if inWAL { try edit(path, "PRAGMA journal_mode = WAL") }
            for account in [bob, eve] {
                await #expect(throws: UserImport.Refusal.exportOf(alice)) {
                    try await importing(path, as: account, fixture)
                }
                try await expectTasks(nil, of: account, fixture)
                try await importing(path, as: account, fixture, adopts: true)
                try await expectTasks(60, of: account, fixture)
                #expect(try await fixture.store.problems(of: account).isEmpty)
                let entries = try await fixture.store.users(of: account.tenant, limit: .max)
                #expect(entries.compactMap(\.user).contains(account.user))
            }
            try await expectTasks(60, of: alice, fixture)
        }
    }

    @Test(
        "More than the tenant allows is refused",
        arguments: [
            (StoreLimits(tasks: 59), .tasks), (StoreLimits(conversations: 0), .conversations),
            (StoreLimits(messages: 1), .messages), (StoreLimits(bytes: 50_000), .bytes),
            (StoreLimits(users: 1), .users),
        ] as [(StoreLimits, StoreError.Quota)])
    func quota(limits: StoreLimits, quota: StoreError.Quota) async throws {
        try await run { fixture, path in
            await #expect(throws: StoreError.quotaExceeded(quota)) {
                try await importing(path, as: bob, fixture, limits: limits, adopts: true)
            }
            try await expectTasks(nil, of: bob, fixture)
        }
    }

    @Test("What is no whole database of a user is refused, and nothing is left of it")
    func damaged() async throws {
        try await run { fixture, path in
            let whole = try Data(contentsOf: URL(filePath: path))
            var damaged = whole
            damaged.replaceSubrange(8192..<12288, with: Data(repeating: 0xA5, count: 4096))
            for data in [Data("{\"tenant\": \"acme\"}".utf8), Data(), whole.prefix(8192), whole.dropLast(1), damaged] {
                try data.write(to: URL(filePath: path))
                await #expect(throws: StoreError.corrupt) { try await importing(path, as: bob, fixture, adopts: true) }
            }
            try await expectTasks(nil, of: bob, fixture)
            #expect(try await fixture.store.users(of: bob.tenant, limit: .max).compactMap(\.user) == [alice.user])
            #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.folder + "/.scratch") == [])
        }
    }

    @Test(
        "A database that is not as ours are is refused",
        arguments: [
            ("PRAGMA user_version = 99", .newerSchema), ("PRAGMA user_version = 0", .corrupt),
            ("PRAGMA user_version = -1", .corrupt), ("PRAGMA application_id = 1", .corrupt),
            ("CREATE TRIGGER t AFTER INSERT ON todo BEGIN DELETE FROM todo; END", .corrupt),
            ("CREATE VIEW v AS SELECT 1", .corrupt), ("DROP INDEX change_turn", .corrupt),
            ("ALTER TABLE todo ADD COLUMN extra ANY", .corrupt), ("DELETE FROM owner", .corrupt),
            ("DROP TABLE owner; CREATE TABLE owner (tenant, user); INSERT INTO owner VALUES (NULL, x'FF')", .corrupt),
            ("DROP TABLE owner", .corrupt),
            ("UPDATE owner SET user = 'a/b'", .corrupt), ("UPDATE owner SET tenant = '../x'", .corrupt),
            ("UPDATE todo SET priority = 9 WHERE id = 7", .corrupt),
            ("UPDATE todo SET tags = '{' WHERE id = 7", .corrupt),
            ("UPDATE change SET after = '{}' WHERE id = 7", .corrupt), ("UPDATE change SET actor = 'me'", .corrupt),
            ("UPDATE message SET role = 'root' WHERE id = 1", .corrupt),
            ("PRAGMA foreign_keys = OFF; UPDATE message SET conversation_id = 99", .corrupt),
            ("UPDATE todo SET version = 9223372036854775807 WHERE id = 7", .corrupt),
            ("UPDATE todo SET version = 0 WHERE id = 7", .corrupt), ("UPDATE todo SET id = -7 WHERE id = 7", .corrupt),
            ("UPDATE todo SET id = 9223372036854775807 WHERE id = 7", .corrupt),
            ("UPDATE todo SET updated_at = -1 WHERE id = 7", .corrupt),
            ("UPDATE todo SET due_at = 9223372036854775807 WHERE id = 7", .corrupt),
            ("UPDATE todo SET title = CAST(x'61FF' AS TEXT) || char(0) WHERE id = 7", .corrupt),
            ("UPDATE todo SET description = printf('%.4001c', 'x') WHERE id = 7", .corrupt),
            ("UPDATE todo SET tags = '[1]' WHERE id = 7", .corrupt),
            ("UPDATE sqlite_sequence SET seq = 9223372036854775807 WHERE name = 'todo'", .corrupt),
            ("UPDATE sqlite_sequence SET seq = -1 WHERE name = 'change'", .corrupt),
            ("UPDATE sqlite_sequence SET seq = 'x' WHERE name = 'todo'", .corrupt),
            ("UPDATE sqlite_sequence SET name = NULL WHERE name = 'todo'", .corrupt),
            ("INSERT INTO sqlite_sequence VALUES ('other', 1)", .corrupt),
            ("UPDATE owner SET created_at = -1", .corrupt), ("UPDATE turn SET status = 'dreaming'", .corrupt),
            ("UPDATE turn SET started_at = -1", .corrupt), ("UPDATE message SET input_tokens = -1", .corrupt),
            ("UPDATE message SET cost = 1e999", .corrupt), ("UPDATE message SET status = ''", .corrupt),
            ("UPDATE change SET undone_by = id WHERE id = 7", .corrupt),
            ("UPDATE change SET undone_by = 6 WHERE id = 7; UPDATE change SET undone_by = 7 WHERE id = 6", .corrupt),
            ("UPDATE change SET leader = id WHERE id = 7", .corrupt),
            ("UPDATE change SET undoes = 60 WHERE id = 7", .corrupt),
            ("UPDATE change SET task_id = 8 WHERE id = 7", .corrupt),
            ("UPDATE change SET after = json_set(after, '$.version', 9223372036854775807) WHERE id = 7", .corrupt),
            ("UPDATE change SET after = json_set(after, '$.title', '') WHERE id = 7", .corrupt),
            ("UPDATE change SET is_undo = 2 WHERE id = 7", .corrupt),
            ("INSERT INTO step VALUES (1, 1, NULL, '{')", .corrupt),
            ("INSERT INTO step VALUES (1, 1, NULL, '{}')", .corrupt),
            ("INSERT INTO step VALUES (1, -1, NULL, '{\"content\":\"\",\"calls\":[],\"provider\":\"p\"}')", .corrupt),
            (
                "INSERT INTO step VALUES (1, 1, 5, '{\"call_index\":0,\"call_id\":\"c\",\"tool\":\"t\",\"result\":1}')",
                .corrupt
            ),
            ("INSERT INTO idempotency VALUES ('k', x'01', 'done', 1, 1, 7, '{}', 0)", .corrupt),
            ("INSERT INTO idempotency VALUES ('k', x'01', 'done', 1, 1, 200, '{', 0)", .corrupt),
            ("INSERT INTO idempotency VALUES ('k', x'01', 'hoping', 1, 1, 200, '{}', 0)", .corrupt),
            (
                "INSERT INTO conversation VALUES (9, 'b', 0, 0); UPDATE message SET conversation_id = 9", .corrupt
            ),
        ] as [(String, StoreError)])
    func strange(sql: String, expected: StoreError) async throws {
        try await run { fixture, path in
            try edit(path, sql)
            await #expect(throws: expected) {
                try await importing(path, as: alice, fixture, replaces: true, adopts: true)
            }
            // The same applies to restored files.
            await #expect(throws: StoreError.self) { try await fixture.store.restore(alice, copy: path) }
            try await expectTasks(60, of: alice, fixture)
        }
    }

    @Test(
        "A task that the API would refuse is named",
        arguments: ["title = ''", "title = char(7)", "title = printf('%.201c', 'x')", "recurrence = 'FREQ=NEVER'"])
    func badTask(assignment: String) async throws {
        try await run { fixture, path in
            try edit(path, "UPDATE todo SET \(assignment) WHERE id = 7")
            await #expect(throws: UserImport.Refusal.badTask(7)) {
                try await importing(path, as: alice, fixture, replaces: true)
            }
        }
    }
}
