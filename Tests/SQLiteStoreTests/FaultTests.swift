import Foundation
import GRDB
import Identity
import StoreTesting
import Testing

@testable import SQLiteStore
@testable import TodoStore

@Suite struct FaultTests {
    private let alice = StoreFixture.alice
    private let bob = StoreFixture.account("acme", "bob")

    /// Runs a test with one todo each of alice and bob in a closed store; `damage` gets alice's path.
    private func afterDamage(
        others: Set<Account> = [], _ damage: (StoreFixture, String) throws -> Void,
        _ check: (StoreFixture) async throws -> Void
    ) async throws {
        try await StoreFixture.run { fixture in
            for account in others.union([alice, bob]) {
                _ = try await fixture.store.write(account) { transaction in
                    for number in 0..<50 {
                        _ = try transaction.addTodo(
                            .titled("todo \(number)", description: String(repeating: "x", count: 500)), origin: .user)
                    }
                }
            }
            await fixture.store.close()
            try damage(fixture, try fixture.path(.user(alice)))
            try await fixture.reopened { reopened in
                try await check(reopened)
                // No other user is affected.
                let count = try await reopened.store.read(bob, orEmpty: 0) { try $0.counts().tasks }
                #expect(count == 50)
            }
        }
    }

    private func expectRefused(_ fixture: StoreFixture, _ expected: StoreError) async {
        await #expect(throws: expected) { try await fixture.store.read(alice, orEmpty: 0) { try $0.counts().tasks } }
        await #expect(throws: expected) {
            try await fixture.store.write(alice) { try $0.addTodo(.titled("a"), origin: .user) }
        }
    }

    @Test(
        "Another user's file, or that of a namesake of another tenant, in a user's place is refused",
        arguments: [StoreFixture.account("acme", "bob"), StoreFixture.account("globex", "alice")])
    func wrongOwner(other: Account) async throws {
        try await afterDamage(others: [other]) { fixture, path in
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.copyItem(atPath: fixture.path(.user(other)), toPath: path)
        } _: {
            await expectRefused($0, .wrongOwner)
        }
    }

    @Test("A file of a newer version is refused and left as it is")
    func newerSchema() async throws {
        try await afterDamage { _, path in
            let queue = try DatabaseQueue(path: path)
            try queue.inDatabase { try $0.execute(sql: "PRAGMA user_version = \(Schema.user.version + 1)") }
            try queue.close()
        } _: {
            await expectRefused($0, .newerSchema)
        }
    }

    @Test("A file that is no database is refused and left as it is")
    func noDatabase() async throws {
        let garbage = Data("this is not a database, whatever its name says".utf8)
        try await afterDamage { _, path in
            try garbage.write(to: URL(fileURLWithPath: path))
        } _: { fixture in
            await expectRefused(fixture, .corrupt)
            try #expect(Data(contentsOf: URL(fileURLWithPath: fixture.path(.user(alice)))) == garbage)
        }
    }

    @Test("A database that is not ours is refused")
    func foreignDatabase() async throws {
        try await afterDamage { _, path in
            try FileManager.default.removeItem(atPath: path)
            let queue = try DatabaseQueue(path: path)
            try queue.inDatabase { try $0.execute(sql: "CREATE TABLE other (id INTEGER)") }
            try queue.close()
        } _: {
            await expectRefused($0, .corrupt)
        }
    }

    @Test("Damaged pages are told from an empty list", arguments: [1, 2, 3])
    func damagedPages(first: Int) async throws {
        try await afterDamage { _, path in
            let handle = try #require(FileHandle(forUpdatingAtPath: path))
            let size = try handle.seekToEnd()
            try handle.seek(toOffset: UInt64(first * 4096))
            try handle.write(contentsOf: Data(repeating: 0xA5, count: Int(size) - first * 4096))
            try handle.close()
        } _: { fixture in
            await #expect(throws: StoreError.corrupt) {
                try await fixture.store.read(alice, orEmpty: []) { try $0.todos(TodoQuery()).items }
            }
        }
    }

    @Test("A truncated file is corrupt")
    func truncated() async throws {
        try await afterDamage { _, path in
            #expect(truncate(path, 8192) == 0)
        } _: { fixture in
            await #expect(throws: StoreError.corrupt) {
                try await fixture.store.read(alice, orEmpty: []) { try $0.todos(TodoQuery()).items }
            }
        }
    }

    @Test("A link in the place of a file, a log or a folder is refused", arguments: ["", "-wal", "/.."])
    func links(suffix: String) async throws {
        try await afterDamage { fixture, path in
            let place = suffix == "/.." ? (path as NSString).deletingLastPathComponent : path + suffix
            let aside = fixture.folder + "/aside"
            try FileManager.default.moveItem(atPath: place, toPath: aside)
            try FileManager.default.createSymbolicLink(atPath: place, withDestinationPath: aside)
        } _: { fixture in
            let error = await #expect(throws: StoreError.self) {
                try await fixture.store.read(alice, orEmpty: 0) { try $0.counts().tasks }
            }
            guard case .unavailable = error else {
                Issue.record("\(error as Any)")
                return
            }
        }
    }

    @Test("A second name of a file is refused")
    func hardLink() async throws {
        try await afterDamage { fixture, path in
            try FileManager.default.linkItem(atPath: path, toPath: fixture.folder + "/second")
        } _: {
            await expectRefused($0, .unavailable(reason: "the file has a second name"))
        }
    }

    @Test("A file that someone else holds is refused until they let go")
    func lockedByAnother() async throws {
        try await StoreFixture.run { fixture in
            _ = try await fixture.store.write(alice) { try $0.addTodo(.titled("a"), origin: .user) }
            await fixture.store.close()
            let other = try DatabaseQueue(path: fixture.path(.user(alice)))
            try other.inDatabase {
                try $0.execute(
                    sql: "PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; DELETE FROM todo WHERE id = 99; COMMIT")
            }
            try await fixture.reopened { reopened in
                await expectRefused(reopened, .unavailable(reason: "another process holds the database"))
                try other.close()
                let count = try await reopened.store.read(alice, orEmpty: 0) { try $0.counts().tasks }
                #expect(count == 1)
            }
        }
    }

    @Test("A log that a crash left is in the file before anything is added to it")
    func settles() async throws {
        try await StoreFixture.run { fixture in
            _ = try await fixture.store.write(alice) { try $0.addTodo(.titled("a"), origin: .user) }
            let path = try fixture.path(.user(alice))
            // The files at the end of a killed process.
            for suffix in ["", "-wal"] {
                try FileManager.default.copyItem(atPath: path + suffix, toPath: fixture.folder + "/crashed" + suffix)
            }
            await fixture.store.close()
            for suffix in ["", "-wal"] {
                try FileManager.default.removeItem(atPath: path + suffix)
                try FileManager.default.moveItem(atPath: fixture.folder + "/crashed" + suffix, toPath: path + suffix)
            }
            let left = try Self.size(of: path + "-wal")
            #expect(left > 0)
            try await fixture.reopened { fixture in
                let count = try await fixture.store.read(alice, orEmpty: 0) { try $0.counts().tasks }
                #expect(count == 1)
                let size = try Self.size(of: path + "-wal")
                #expect(size == 0)
            }
        }
    }

    private static func size(of path: String) throws -> Int {
        try #require(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
    }

    @Test("An empty file, left by a crash between its making and its first use, is used")
    func emptyFile() async throws {
        try await StoreFixture.run { fixture in
            try DataFolder(root: fixture.folder).file(of: .user(alice)).create()
            let before = try await fixture.store.read(alice, orEmpty: -1) { try $0.counts().tasks }
            #expect(before == 0)
            let todo = try await fixture.store.write(alice) { try $0.addTodo(.titled("a"), origin: .user) }
            #expect(todo.id == 1)
        }
    }
}
