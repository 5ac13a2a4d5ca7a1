import Identity
import Postgres
import StoreTesting
import Synchronization
import TestSupport
import Testing

@testable import PostgresStore
@testable import TodoStore

@Suite struct CommitOutcomeTests {
    private let alice = PostgresFixture.alice

    private func tasks(_ fixture: PostgresFixture) async throws -> [Int] {
        try await fixture.store.read(alice, orEmpty: []) { try $0.todos(TodoQuery()).items.map(\.id) }
    }

    @Test("A connection that is lost before the server has committed: the work is run again, and stored once")
    func lostBefore() async throws {
        try await PostgresFixture.run { fixture in
            _ = try await fixture.store.write(alice) { try $0.addTodo(TodoDraft(title: "a"), origin: .user) }
            try await fixture.database.cutCommits(1)
            let runs = Mutex(0)
            let id = try await fixture.store.write(alice) { transaction in
                runs.withLock { $0 += 1 }
                return try transaction.addTodo(TodoDraft(title: "b"), origin: .user).id
            }
            #expect(id == 2)
            #expect(runs.withLock(\.self) == 2)
            #expect(try await tasks(fixture) == [1, 2])
        }
    }

    @Test("A connection that is lost in every COMMIT: the error says so, and nothing is stored")
    func lostAlways() async throws {
        try await PostgresFixture.run { fixture in
            _ = try await fixture.store.write(alice) { try $0.addTodo(TodoDraft(title: "a"), origin: .user) }
            try await fixture.database.cutCommits(100)
            await #expect(throws: StoreError.self) {
                try await fixture.store.write(alice) { try $0.addTodo(TodoDraft(title: "b"), origin: .user) }
            }
            #expect(try await tasks(fixture) == [1])
        }
    }

    @Test("A connection that is lost after the server has committed: the work counts, and is not run again")
    func lostAfter() async throws {
        try await PostgresFixture.run { direct in
            let proxy = try CuttingProxy(to: direct.database.server.folder)
            defer { proxy.stop() }
            try await direct.other { configuration in
                configuration.database.hosts = [.socket(folder: proxy.folder, port: 5432)]
            } _: { fixture in
                _ = try await fixture.store.write(alice) { try $0.addTodo(TodoDraft(title: "a"), origin: .user) }
                let runs = Mutex(0)
                proxy.cutNextCommit()
                let id = try await fixture.store.write(alice) { transaction in
                    runs.withLock { $0 += 1 }
                    return try transaction.addTodo(TodoDraft(title: "b"), origin: .user).id
                }
                #expect(proxy.cuts == 1)
                #expect(id == 2)
                #expect(runs.withLock(\.self) == 1)
                #expect(try await tasks(fixture) == [1, 2])
            }
        }
    }

    @Test("The row of the account tells what has become of a write")
    func outcome() {
        #expect(WriteOutcome(before: 4, found: 5, isOwn: true) == .stored)
        #expect(WriteOutcome(before: 4, found: 4, isOwn: false) == .missing)
        // Another one wrote in its place.
        #expect(WriteOutcome(before: 4, found: 5, isOwn: false) == .missing)
        // Others wrote in its place, or after it.
        #expect(WriteOutcome(before: 4, found: 6, isOwn: false) == .unknown)
    }
}

extension TestDatabase {
    /// Ends the server's process of the next transactions of a user in the middle of their COMMIT.
    fileprivate func cutCommits(_ count: Int) async throws {
        try await psql(
            """
            CREATE SEQUENCE steward.cut;
            CREATE FUNCTION steward.cut() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
                IF nextval('steward.cut') <= \(count) THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
                RETURN NULL;
            END $$;
            CREATE CONSTRAINT TRIGGER cut AFTER UPDATE ON steward.account DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION steward.cut();
            """)
    }
}
