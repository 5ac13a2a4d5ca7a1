import Files
import Foundation
import Identity
import StoreTesting
import Testing

@testable import SQLiteStore
@testable import TodoStore

@Suite struct BackupFolderTests {
    private let alice = StoreFixture.alice

    private struct Trouble: Error {}

    /// Runs a test with a store of one user and a folder for backups.
    private func run(_ body: (StoreFixture, BackupFolder, String) async throws -> Void) async throws {
        try await StoreFixture.run { fixture in
            _ = try await fixture.store.write(alice) { try $0.addTodo(.titled("a"), origin: .user) }
            try await body(fixture, BackupFolder(path: fixture.folder + "/.backup"), AccountHash(alice).text)
        }
    }

    private func stamp(_ fixture: StoreFixture) async throws -> String? {
        try await fixture.store.users(of: alice.tenant, limit: .max).first?.stamp
    }

    @Test("A copy is made once for each change, also by the next backup")
    func incremental() async throws {
        try await run { fixture, backup, hash in
            let store = fixture.store
            #expect(try backup.holds(hash, of: alice.tenant, stamp: try await stamp(fixture)) == false)
            let bytes = try await backup.store(hash, of: alice) { try await store.snapshot(of: alice, to: $0) }
            #expect((bytes ?? 0) > 4096)
            #expect(try backup.holds(hash, of: alice.tenant, stamp: try await stamp(fixture)))
            try backup.finish(alice.tenant)
            #expect(try backup.holds(hash, of: alice.tenant, stamp: try await stamp(fixture)))
            _ = try await store.write(alice) { try $0.addTodo(.titled("b"), origin: .user) }
            #expect(try backup.holds(hash, of: alice.tenant, stamp: try await stamp(fixture)) == false)
            #expect(try backup.holds(hash, of: alice.tenant, stamp: nil) == false)
            let path = try #require(try backup.copies(of: alice.tenant).first)
            #expect(backup.path(of: alice) == path)
            #expect(try DatabaseCopy(path: path).read { try $0.counts().tasks } == 1)
        }
    }

    @Test("What another run has copied counts, even when its manifest ends within a line")
    func resumes() async throws {
        try await run { fixture, backup, hash in
            let store = fixture.store
            _ = try await backup.store(hash, of: alice) { try await store.snapshot(of: alice, to: $0) }
            let manifest = "\(backup.path)/acme/manifest.jsonl"
            let text = try String(contentsOfFile: manifest, encoding: .utf8)
            try (text + "{\"hash\": \"ab").write(toFile: manifest, atomically: false, encoding: .utf8)
            let path = backup.path
            try FileManager.default.removeItem(atPath: path + "/.lock")
            let next = try BackupFolder(path: path)
            #expect(try next.holds(hash, of: alice.tenant, stamp: try await stamp(fixture)))
            _ = try await next.store(hash, of: alice) { try await store.snapshot(of: alice, to: $0) }
            try FileManager.default.removeItem(atPath: path + "/.lock")
            let last = try BackupFolder(path: path)
            #expect(try last.holds(hash, of: alice.tenant, stamp: try await stamp(fixture)))
            // A copy that is missing, or has another size, is made again.
            #expect(truncate(try #require(last.path(of: alice)), 4096) == 0)
            #expect(try last.holds(hash, of: alice.tenant, stamp: try await stamp(fixture)) == false)
        }
    }

    @Test("A copy that fails, is not whole or is another user's leaves the one from before")
    func keepsTheLast() async throws {
        try await run { fixture, backup, hash in
            let store = fixture.store
            _ = try await backup.store(hash, of: alice) { try await store.snapshot(of: alice, to: $0) }
            let bob = StoreFixture.account("acme", "bob")
            _ = try await store.write(bob) { try $0.addTodo(.titled("b"), origin: .user) }
            await #expect(throws: Trouble.self) {
                _ = try await backup.store(hash, of: alice) { path in
                    try Data("half".utf8).write(to: URL(filePath: path))
                    throw Trouble()
                }
            }
            await #expect(throws: StoreError.corrupt) {
                _ = try await backup.store(hash, of: alice) { path in
                    try Data("half".utf8).write(to: URL(filePath: path))
                    return Snapshot(stamp: "x")
                }
            }
            await #expect(throws: StoreError.wrongOwner) {
                _ = try await backup.store(hash, of: alice) { try await store.snapshot(of: bob, to: $0) }
            }
            #expect(try backup.copies(of: alice.tenant).count == 1)
            let path = try #require(backup.path(of: alice))
            try DatabaseCopy(path: path).check(isOf: alice)
            #expect(!FileManager.default.fileExists(atPath: backup.path + "/.copy"))
        }
    }

    @Test("Two backups at once do not share a folder, and no backup goes into a data folder in use")
    func exclusive() async throws {
        try await run { fixture, backup, _ in
            #expect(throws: DataLockError.self) { try BackupFolder(path: backup.path) }
            let lock = try DataLock(folder: fixture.folder)
            #expect(throws: DataLockError.self) { try BackupFolder(path: fixture.folder) }
            withExtendedLifetime(lock) {}
        }
    }

    @Test("The copy of a deleted user goes away")
    func removes() async throws {
        try await run { fixture, backup, hash in
            let store = fixture.store
            _ = try await backup.store(hash, of: alice) { try await store.snapshot(of: alice, to: $0) }
            #expect(try backup.remove(hash, of: alice.tenant))
            #expect(try backup.remove(hash, of: alice.tenant) == false)
            try backup.finish(alice.tenant)
            #expect(try backup.copies(of: alice.tenant) == [])
        }
    }
}
