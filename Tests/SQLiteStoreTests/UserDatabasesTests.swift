import Foundation
import GRDB
import Identity
import NIOPosix
import StoreTesting
import Testing

@testable import SQLiteStore
@testable import TodoStore

@Suite struct UserDatabasesTests {
    private let alice = StoreFixture.alice

    @Test("A database that the pool opened has the pragmas that durability rests on")
    func pragmas() async throws {
        try await StoreFixture.run { fixture in
            _ = try await fixture.store.write(alice) { try $0.addTodo(.titled("a"), origin: .user) }
            try await expectPragmas(fixture)
            // Also a file that existed before.
            await fixture.store.close()
            try await fixture.reopened { try await expectPragmas($0) }
        }
    }

    private func expectPragmas(_ fixture: StoreFixture) async throws {
        let names = [
            "journal_mode", "synchronous", "locking_mode", "foreign_keys", "trusted_schema", "cache_size",
            "user_version", "page_size", "max_page_count",
        ]
        // The limit on the size is set at the first write.
        _ = try await fixture.store.write(alice) { try $0.addTodo(.titled("b"), origin: .user) }
        let values = try await fixture.store.read(alice, orEmpty: []) { reader in
            try names.map { try String.fetchOne(reader.database, sql: "PRAGMA \($0)") ?? "" }
        }
        #expect(values == ["wal", "2", "exclusive", "1", "0", "-256", "\(Schema.user.version)", "1024", "66560"])
        await #expect(throws: (any Error).self) {
            try await fixture.store.read(alice, orEmpty: ()) {
                try $0.database.execute(sql: "ATTACH ':memory:' AS other")
            }
        }
    }

    @Test("A second connection to a user's file is locked out")
    func exclusive() async throws {
        try await StoreFixture.run { fixture in
            _ = try await fixture.store.write(alice) { try $0.addTodo(.titled("a"), origin: .user) }
            let error = #expect(throws: DatabaseError.self) {
                try DatabaseQueue(path: fixture.path(.user(alice))).inDatabase {
                    try Int.fetchOne($0, sql: "SELECT count(*) FROM todo")
                }
            }
            #expect(error?.resultCode == .SQLITE_BUSY)
        }
    }

    @Test("A read for a user without a file answers empty and makes nothing")
    func readMakesNothing() async throws {
        try await StoreFixture.run { fixture in
            let answer = try await fixture.store.read(alice, orEmpty: -1) { try $0.counts().tasks }
            #expect(answer == -1)
            #expect(!FileManager.default.fileExists(atPath: fixture.folder))
            #expect(fixture.store.statistics.open == 0)
        }
    }

    @Test("Files are 0600 and folders 0700, and the user's id is in no path")
    func modes() async throws {
        try await StoreFixture.run { fixture in
            _ = try await fixture.store.write(alice) { try $0.addTodo(.titled("a"), origin: .user) }
            let paths = try FileManager.default.subpathsOfDirectory(atPath: fixture.folder)
            #expect(paths.count == 7)
            for path in [""] + paths {
                var status = stat()
                #expect(lstat(fixture.folder + "/" + path, &status) == 0)
                #expect(status.st_mode & 0o777 == (status.st_mode & S_IFMT == S_IFDIR ? 0o700 : 0o600), "\(path)")
                #expect(!path.contains("alice"))
            }
        }
    }

    @Test("Two users, and one name in two tenants, share nothing")
    func isolation() async throws {
        try await StoreFixture.run { fixture in
            let accounts = [
                alice, StoreFixture.account("acme", "bob"), StoreFixture.account("globex", "alice"),
                StoreFixture.account("acme-x", "alice"), StoreFixture.account("acme", "x-alice"),
            ]
            for account in accounts {
                let todo = try await fixture.store.write(account) {
                    try $0.addTodo(.titled("of \(account)"), origin: .user)
                }
                #expect(todo.id == 1)
            }
            for account in accounts {
                let titles = try await fixture.store.read(account, orEmpty: []) {
                    try $0.todos(TodoQuery()).items.map(\.title)
                }
                #expect(titles == ["of \(account)"])
            }
            #expect(Set(try accounts.map { try fixture.path(.user($0)) }).count == accounts.count)
        }
    }

    @Test("A transaction that throws leaves nothing behind, and counts stay right")
    func rollback() async throws {
        try await StoreFixture.run { fixture in
            let limits = StoreLimits(tasks: 2)
            for _ in 0..<3 {
                await #expect(throws: StoreError.notFound(.task)) {
                    try await fixture.store.write(alice, limits: limits) { transaction in
                        _ = try transaction.addTodo(.titled("a"), origin: .user)
                        _ = try transaction.deleteTodo(99, origin: .user)
                    }
                }
            }
            let left = try await fixture.store.read(alice, orEmpty: (9, 9)) {
                (try $0.counts().tasks, try $0.changes(limit: 10).items.count)
            }
            #expect(left == (0, 0))
            for _ in 0..<2 {
                _ = try await fixture.store.write(alice, limits: limits) { try $0.addTodo(.titled("a"), origin: .user) }
            }
            await #expect(throws: StoreError.quotaExceeded(.tasks)) {
                try await fixture.store.write(alice, limits: limits) { try $0.addTodo(.titled("a"), origin: .user) }
            }
        }
    }

    @Test("What a cancelled task has begun is stored")
    func cancellation() async throws {
        try await StoreFixture.run { fixture in
            // Opened before, because only waiting for the database can be cancelled.
            _ = try await fixture.store.write(alice) { try $0.addTodo(.titled("first"), origin: .user) }
            let store = fixture.store
            let title = try await withThrowingTaskGroup(of: String.self) { group in
                group.addTask {
                    withUnsafeCurrentTask { $0?.cancel() }
                    return try await store.write(StoreFixture.alice) { transaction in
                        #expect(Task.isCancelled)
                        return try transaction.addTodo(.titled("stored"), origin: .user).title
                    }
                }
                return try await group.next() ?? ""
            }
            #expect(title == "stored")
            await fixture.store.close()
            let count = try await fixture.reopened {
                try await $0.store.read(alice, orEmpty: 0) { try $0.counts().tasks }
            }
            #expect(count == 2)
        }
    }

    @Test("Concurrent first use opens a database once and loses nothing")
    func concurrentFirstUse() async throws {
        try await StoreFixture.run { fixture in
            let store = fixture.store
            let ids = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        try await store.write(StoreFixture.alice) { try $0.addTodo(.titled("a"), origin: .user).id }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(ids.sorted() == Array(1...50))
            // The user's database and the tenant's index.
            #expect(store.statistics.open == 2)
        }
    }

    @Test("More users than the pool holds are all served, and their data survives eviction")
    func eviction() async throws {
        try await StoreFixture.run(capacity: 3, maxWaiting: 1000) { fixture in
            let store = fixture.store
            for _ in 0..<2 {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<30 {
                        group.addTask {
                            _ = try await store.write(StoreFixture.account("acme", "user\(number)")) {
                                try $0.addTodo(.titled("a"), origin: .user)
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            for number in 0..<30 {
                let count = try await store.read(StoreFixture.account("acme", "user\(number)"), orEmpty: 0) {
                    try $0.counts().tasks
                }
                #expect(count == 2)
            }
            #expect(store.statistics.open <= 3)
            #expect(store.statistics.evictions > 30)
        }
    }

    @Test("Who finds neither a place nor a place to wait is refused at once")
    func overloaded() async throws {
        try await StoreFixture.run(capacity: 1, maxWaiting: 1) { fixture in
            let store = fixture.store
            let bob = StoreFixture.account("acme", "bob")
            for account in [alice, bob] {
                _ = try await store.write(account) { try $0.addTodo(.titled("a"), origin: .user) }
            }
            await #expect(throws: StoreError.overloaded) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<200 {
                        group.addTask {
                            try await store.read(number.isMultiple(of: 2) ? StoreFixture.alice : bob, orEmpty: ()) {
                                _ = try $0.counts()
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
        }
    }

    @Test("A tenant has no more users than its limit")
    func userQuota() async throws {
        try await StoreFixture.run { fixture in
            let limits = StoreLimits(users: 1)
            _ = try await fixture.store.write(alice, limits: limits) { try $0.addTodo(.titled("a"), origin: .user) }
            await #expect(throws: StoreError.quotaExceeded(.users)) {
                try await fixture.store.write(StoreFixture.account("acme", "bob"), limits: limits) {
                    try $0.addTodo(.titled("a"), origin: .user)
                }
            }
            #expect(
                !FileManager.default.fileExists(atPath: try fixture.path(.user(StoreFixture.account("acme", "bob")))))
            _ = try await fixture.store.write(alice, limits: limits) { try $0.addTodo(.titled("b"), origin: .user) }
            _ = try await fixture.store.write(StoreFixture.account("globex", "bob"), limits: limits) {
                try $0.addTodo(.titled("a"), origin: .user)
            }
        }
    }

    @Test("A database does not grow beyond its quota, and works again when something was deleted")
    func byteQuota() async throws {
        try await StoreFixture.run { fixture in
            let limits = StoreLimits(bytes: 512 << 10)
            let text = String(repeating: "x", count: 900)
            var last = 0
            let error = await #expect(throws: StoreError.self) {
                while true {
                    last = try await fixture.store.write(alice, limits: limits) {
                        try $0.addTodo(.titled("a", description: text), origin: .user).id
                    }
                }
            }
            #expect(error == .quotaExceeded(.bytes))
            #expect(last > 10)
            let count = try await fixture.store.read(alice, orEmpty: 0) { try $0.counts().tasks }
            #expect(count == last)
            // A larger quota applies at once.
            _ = try await fixture.store.write(alice) { try $0.addTodo(.titled("more"), origin: .user) }
        }
    }

    @Test("After the end the store refuses, and says so")
    func closed() async throws {
        try await StoreFixture.run { fixture in
            _ = try await fixture.store.write(alice) { try $0.addTodo(.titled("a"), origin: .user) }
            await fixture.store.close()
            #expect(fixture.store.statistics.open == 0)
            await #expect(throws: StoreError.closed) {
                try await fixture.store.read(alice, orEmpty: 0) { try $0.counts().tasks }
            }
            // The log was checkpointed and is empty.
            let log = try FileManager.default.attributesOfItem(atPath: fixture.path(.user(alice)) + "-wal")
            #expect(log[.size] as? Int == 0)
        }
    }
}
