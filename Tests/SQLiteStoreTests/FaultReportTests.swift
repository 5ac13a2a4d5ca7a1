import Foundation
import GRDB
import Identity
import StoreTesting
import TestSupport
import Testing

@testable import SQLiteStore
@testable import TodoStore

/// The operator's reports of a damaged file, and the behaviour when a file disappears while it is open.
@Suite struct FaultReportTests {
    private let alice = StoreFixture.alice
    private let bob = StoreFixture.account("acme", "bob")

    private func fill(_ fixture: StoreFixture) async throws {
        for account in [alice, bob] {
            _ = try await fixture.store.write(account) { transaction in
                for number in 0..<50 {
                    _ = try transaction.addTodo(
                        .titled("todo \(number)", description: String(repeating: "x", count: 500)), origin: .user)
                }
            }
        }
    }

    private func count(_ account: Account, _ fixture: StoreFixture) async throws -> Int {
        try await fixture.store.read(account, orEmpty: -1) { try $0.todos(TodoQuery(limit: 100)).items.count }
    }

    /// Damages the file from an offset on.
    private func overwrite(_ path: String, from offset: UInt64) throws {
        let handle = try #require(FileHandle(forUpdatingAtPath: path))
        let size = try handle.seekToEnd()
        try handle.seek(toOffset: offset)
        try handle.write(contentsOf: Data(repeating: 0xA5, count: Int(size - offset)))
        try handle.close()
    }

    @Test(
        "Of a damaged file the operator is told once, with its name and not its user's, until it is replaced",
        arguments: [0, 4096, 8192])
    func once(offset: UInt64) async throws {
        try await StoreFixture.run { fixture in
            try await fill(fixture)
            let copy = fixture.folder + "/copy"
            _ = try await fixture.store.snapshot(of: alice, to: copy)
            await fixture.store.close()
            let path = try fixture.path(.user(alice))
            try overwrite(path, from: offset)
            let lines = LogLines()
            try await fixture.reopened(logger: lines.logger) { fixture in
                for _ in 0..<10 {
                    await #expect(throws: StoreError.corrupt) { try await count(alice, fixture) }
                    #expect(try await count(bob, fixture) == 50)
                }
                #expect(lines.all.count == 1, "\(lines.all)")
                #expect(lines.all.first?.hasPrefix("error database ") == true)
                #expect(lines.all.first?.contains((path as NSString).lastPathComponent) == true)
                #expect(lines.all.first?.contains("alice") == false)
                #expect(fixture.store.statistics.faulty == 1)

                try await fixture.store.restore(alice, copy: copy)
                #expect(try await count(alice, fixture) == 50)
                #expect(fixture.store.statistics.faulty == 0)
            }
        }
    }

    @Test("A file that another process held is reported once, and once more when it opens again")
    func opensAgain() async throws {
        try await StoreFixture.run { fixture in
            try await fill(fixture)
            await fixture.store.close()
            let other = try DatabaseQueue(path: fixture.path(.user(alice)))
            try other.inDatabase {
                try $0.execute(
                    sql: "PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; DELETE FROM todo WHERE id = 99; COMMIT")
            }
            let lines = LogLines()
            try await fixture.reopened(logger: lines.logger) { fixture in
                for _ in 0..<5 { _ = try? await count(alice, fixture) }
                #expect(lines.all.count == 1)
                #expect(lines.all.first?.contains("another process holds the database") == true)
                try other.close()
                for _ in 0..<5 { #expect(try await count(alice, fixture) == 50) }
                #expect(lines.all.count == 2)
                #expect(lines.all.last?.contains("database opens again") == true)
            }
        }
    }

    @Test("Nothing is written to a file that was removed, or that another took the place of", arguments: [false, true])
    func moved(replaced: Bool) async throws {
        try await StoreFixture.run { fixture in
            try await fill(fixture)
            await fixture.store.close()
            let lines = LogLines()
            try await fixture.reopened(logger: lines.logger) { fixture in
                #expect(try await count(alice, fixture) == 50)
                let path = try fixture.path(.user(alice))
                if replaced { try FileManager.default.copyItem(atPath: path, toPath: path + ".new") }
                try FileManager.default.removeItem(atPath: path)
                if replaced { try FileManager.default.moveItem(atPath: path + ".new", toPath: path) }
                await #expect(
                    throws: StoreError.unavailable(reason: "the file was removed or replaced while it was open")
                ) {
                    try await fixture.store.write(alice) { try $0.addTodo(.titled("a"), origin: .user) }
                }
                #expect(lines.all.count == 1)
                #expect(lines.all.first?.contains("was removed or replaced") == true)
                // The failure closed the handle, so the file that is now at the path is used.
                #expect(try await count(alice, fixture) == (replaced ? 50 : -1))
                #expect(try await count(bob, fixture) == 50)
            }
        }
    }

    @Test("Of a full disk the operator is told once, whoever meets it")
    func fullDisk() throws {
        let lines = LogLines()
        let faults = FaultLog(folder: DataFolder(root: "/nowhere"), logger: lines.logger)
        for _ in 0..<10 {
            faults.failed(.user(alice), .full)
            faults.failed(.user(bob), .full)
        }
        #expect(lines.all == ["critical the disk of the data is full: nothing can be stored"])
        faults.failed(.user(bob), .quotaExceeded(.bytes))
        faults.failed(.user(bob), .notFound(.task))
        #expect(lines.all.count == 1)
        #expect(faults.count == 0)
    }
}
