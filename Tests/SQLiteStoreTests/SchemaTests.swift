import Foundation
import GRDB
import Identity
import JSON
import Testing

@testable import SQLiteStore
@testable import TodoStore

/// Every released schema stays readable, and no released migration changes.
///
/// A new migration needs a text and a file of its version: `STEWARD_RECORD_SCHEMA=1 swift test --filter SchemaTests`
/// writes those of the current one, once, before its release. The others are never written again.
@Suite(.serialized) struct SchemaTests {
    private static let isRecording = ProcessInfo.processInfo.environment["STEWARD_RECORD_SCHEMA"] != nil
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
    private let alice = StoreFixture.alice

    private static func fixture(_ name: String) -> URL { folder.appending(path: name) }

    @Test(
        "The migrations up to each version make what they made when it was released",
        arguments: [(Schema.user, "user"), (Schema.tenant, "tenant")])
    func migrationsStay(schema: Schema, name: String) throws {
        for version in 1...schema.version {
            let text = try schema.objects(at: version).compactMap { String.fromDatabaseValue($0[3]) }
                .map { $0 + ";\n" }.joined()
            let file = Self.fixture("\(name)-\(version).sql")
            if Self.isRecording, version == schema.version {
                try text.write(to: file, atomically: true, encoding: .utf8)
            }
            #expect(try String(contentsOf: file, encoding: .utf8) == text)
        }
    }

    @Test("A file of every version that was ever released is migrated, and all that it holds is there")
    func migrates() async throws {
        if Self.isRecording { try await record() }
        for version in 1...Schema.user.version {
            let path = Self.fixture("user-\(version).sqlite").path
            try await afterMigration(of: .user(alice), from: path) { fixture in
                #expect(try await fixture.store.problems(of: alice).isEmpty)
                let summary = try await fixture.store.summary(of: alice)
                #expect(summary?.schema == Schema.user.version)
                #expect(summary?.tasks == 7)
                #expect(summary?.messages == 6)
                let steps = try await fixture.store.read(alice, orEmpty: []) { try $0.steps(turn: 1) }
                #expect(steps == SchemaContent.steps)
                // Every value would be accepted from outside.
                let copy = fixture.folder + "/copy"
                _ = try await fixture.store.snapshot(of: alice, to: copy)
                #expect(try DatabaseCopy.rebuild(copy, to: copy + "-new") == alice)
            }
        }
        for version in 1...Schema.tenant.version {
            let path = Self.fixture("tenant-\(version).sqlite").path
            try await afterMigration(of: .tenant(alice.tenant), from: path) { fixture in
                let users = try await fixture.store.users(of: alice.tenant, limit: .max)
                #expect(users.compactMap(\.user) == [alice.user])
                #expect(users.count == 2)
                #expect(try await fixture.store.problems(of: alice.tenant).isEmpty)
            }
        }
    }

    /// Opens a copy of a released file like the store, and compares all its rows before and after.
    private func afterMigration(
        of id: DatabaseID, from file: String, _ check: (StoreFixture) async throws -> Void
    ) async throws {
        try await StoreFixture.run { fixture in
            try DataFolder(root: fixture.folder).file(of: id).create()
            let path = try fixture.path(id)
            let original = fixture.folder + "/original"
            for copy in [path, original] {
                try? FileManager.default.removeItem(atPath: copy)
                try FileManager.default.copyItem(atPath: file, toPath: copy)
            }
            try await check(fixture)
            await fixture.store.close()
            let before = try SchemaContent.rows(of: original, columnsOf: original)
            #expect(before.values.allSatisfy { !$0.isEmpty }, "\(before.filter { $0.value.isEmpty }.keys)")
            #expect(try SchemaContent.rows(of: path, columnsOf: original) == before)
        }
    }

    @Test("A file of a newer version is refused, and stays as it is to the last byte", arguments: [false, true])
    func newer(isTenant: Bool) async throws {
        try await StoreFixture.run { fixture in
            try await SchemaContent.write(for: alice, to: fixture)
            await fixture.store.close()
            let id = isTenant ? DatabaseID.tenant(alice.tenant) : .user(alice)
            let path = try fixture.path(id)
            let queue = try DatabaseQueue(path: path)
            try await queue.write { try $0.execute(sql: "PRAGMA user_version = \(id.schema.version + 1)") }
            try queue.close()
            let before = try Data(contentsOf: URL(filePath: path))
            try await fixture.reopened { fixture in
                for _ in 0..<2 {
                    await #expect(throws: StoreError.newerSchema) {
                        if isTenant {
                            _ = try await fixture.store.users(of: alice.tenant, limit: 1)
                        } else {
                            _ = try await fixture.store.read(alice, orEmpty: 0) { try $0.counts().tasks }
                        }
                    }
                }
            }
            #expect(try Data(contentsOf: URL(filePath: path)) == before)
        }
    }

    /// Records the files as left by a server that opened an existing one.
    private func record() async throws {
        try await StoreFixture.run { fixture in
            try await SchemaContent.write(for: alice, to: fixture)
            await fixture.store.close()
            _ = try await fixture.reopened { try await $0.store.summary(of: alice) }
            for (name, id) in [("user", DatabaseID.user(alice)), ("tenant", .tenant(alice.tenant))] {
                try Data(contentsOf: URL(filePath: fixture.path(id)))
                    .write(to: Self.fixture("\(name)-\(id.schema.version).sqlite"))
            }
        }
    }
}
