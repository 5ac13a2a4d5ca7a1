import Foundation
import GRDB
import Identity
import StoreTesting
import Testing
import Time

@testable import SQLiteStore
@testable import TodoStore

@Suite struct AdministrationTests {
    private let alice = StoreFixture.alice
    private let bob = StoreFixture.account("acme", "bob")

    private func add(_ title: String, _ account: Account, _ fixture: StoreFixture) async throws {
        _ = try await fixture.store.write(account) { try $0.addTodo(.titled(title), origin: .user) }
    }

    private func titles(_ account: Account, _ fixture: StoreFixture) async throws -> [String] {
        try await fixture.store.read(account, orEmpty: []) { try $0.todos(TodoQuery()).items.map(\.title) }
    }

    private func stamp(_ account: Account, _ fixture: StoreFixture) async throws -> String? {
        try await fixture.store.users(of: account.tenant, limit: .max).first { $0.user == account.user }?.stamp
    }

    @Test("Users are listed page by page, and counted without telling what they wrote")
    func list() async throws {
        try await StoreFixture.run { fixture in
            for number in 0..<5 { try await add("x", StoreFixture.account("acme", "user\(number)"), fixture) }
            #expect(try await fixture.store.tenants() == [alice.tenant])
            let first = try await fixture.store.users(of: alice.tenant, limit: 3)
            let rest = try await fixture.store.users(of: alice.tenant, after: first.last?.hash ?? "", limit: 3)
            #expect(first.count == 3)
            #expect(Set((first + rest).compactMap { $0.user?.rawValue }) == Set((0..<5).map { "user\($0)" }))
            #expect((first + rest).allSatisfy { ($0.bytes ?? 0) > 4096 && $0.stamp != nil })

            try await add("a", alice, fixture)
            _ = try await fixture.store.write(alice) { try $0.createConversation(title: "c") }
            let summary = try #require(try await fixture.store.summary(of: alice))
            #expect(summary.tasks == 1)
            #expect(summary.conversations == 1)
            #expect(summary.messages == 0)
            #expect(summary.changes == 1)
            #expect(summary.schema == Schema.user.version)
            #expect(try await fixture.store.summary(of: bob) == nil)
        }
    }

    @Test("A snapshot is a whole database of the moment, and can be read beside the open one")
    func snapshot() async throws {
        try await StoreFixture.run { fixture in
            try await add("before", alice, fixture)
            let path = fixture.folder + "/copy"
            #expect(try await fixture.store.snapshot(of: alice, to: path) != nil)
            try await add("after", alice, fixture)
            let copy = try DatabaseCopy(path: path)
            try copy.check(isOf: alice)
            #expect(copy.account == alice)
            #expect(try copy.read { try $0.todos(TodoQuery()).items.map(\.title) } == ["before"])
            copy.close()
            #expect(try await fixture.store.snapshot(of: bob, to: fixture.folder + "/none") == nil)
            // ATTACH stays forbidden everywhere else.
            await #expect(throws: (any Error).self) {
                try await fixture.store.read(alice, orEmpty: ()) {
                    try $0.database.execute(sql: "ATTACH ':memory:' AS other")
                }
            }
        }
    }

    @Test("A stamp stays while nothing is written, also when the file is opened and closed, and changes with a write")
    func stamps() async throws {
        try await StoreFixture.run { fixture in
            try await add("a", alice, fixture)
            let stamp = try await fixture.store.snapshot(of: alice, to: fixture.folder + "/1")?.stamp
            #expect(stamp != nil)
            #expect(try await self.stamp(alice, fixture) == stamp)
            _ = try await titles(alice, fixture)
            await fixture.store.close()
            try await fixture.reopened { fixture in
                _ = try await titles(alice, fixture)
                #expect(try await self.stamp(alice, fixture) == stamp)
            }
            try await fixture.reopened { fixture in
                #expect(try await self.stamp(alice, fixture) == stamp)
                try await add("b", alice, fixture)
                #expect(try await self.stamp(alice, fixture) != stamp)
            }
            let reopened = try await fixture.reopened { try await self.stamp(alice, $0) }
            #expect(reopened != stamp)
        }
    }

    @Test("A copy of what was written long ago changes no stamp: other copies of it stay known")
    func stampsOfOldFiles() async throws {
        try await StoreFixture.run { fixture in
            try await add("a", alice, fixture)
            _ = try await fixture.store.snapshot(of: alice, to: fixture.folder + "/1")
            let path = try fixture.path(.user(alice))
            let yesterday = Date.now.addingTimeInterval(-86_400)
            try FileManager.default.setAttributes([.modificationDate: yesterday], ofItemAtPath: path)
            let stamp = try await self.stamp(alice, fixture)
            #expect(try await fixture.store.snapshot(of: alice, to: fixture.folder + "/2")?.stamp == stamp)
            #expect(try await fixture.store.snapshot(of: alice, to: fixture.folder + "/3")?.stamp == stamp)
            #expect(try await self.stamp(alice, fixture) == stamp)
            try await add("b", alice, fixture)
            #expect(try await self.stamp(alice, fixture) != stamp)
            #expect(try await fixture.store.snapshot(of: alice, to: fixture.folder + "/4")?.stamp != stamp)
        }
    }

    @Test("What a crash left of a deleted user's copy goes with the user")
    func deleteAfterCrash() async throws {
        try await StoreFixture.run { fixture in
            try await add("secret", alice, fixture)
            let folder = fixture.folder + "/.scratch"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data("secret".utf8).write(to: URL(filePath: folder + "/1"))
            #expect(try await fixture.store.delete(alice))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
        }
    }

    @Test("A deleted user leaves no file and no name, and may begin anew")
    func delete() async throws {
        try await StoreFixture.run { fixture in
            try await add("secret", alice, fixture)
            try await add("kept", bob, fixture)
            let path = try fixture.path(.user(alice))
            #expect(try await fixture.store.delete(alice))
            #expect(!FileManager.default.fileExists(atPath: path))
            #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
            let entries = try await fixture.store.users(of: alice.tenant, limit: .max)
            #expect(entries.count == 2)
            #expect(entries.compactMap(\.user) == [bob.user])
            #expect(try await titles(alice, fixture) == [])
            #expect(try await fixture.store.delete(alice) == false)
            #expect(try await titles(bob, fixture) == ["kept"])

            try await add("new", alice, fixture)
            #expect(try await titles(alice, fixture) == ["new"])
            #expect(try await fixture.store.users(of: alice.tenant, limit: .max).compactMap(\.user).count == 2)
            #expect(try await fixture.store.delete(alice))
            await fixture.store.close()
            for name in ["tenant.sqlite", "tenant.sqlite-wal"] {
                let data = FileManager.default.contents(atPath: "\(fixture.folder)/acme/\(name)") ?? Data()
                #expect(data.range(of: Data("alice".utf8)) == nil)
            }
        }
    }

    @Test("A user is deleted while they write: each write is before it or after it, and none fails")
    func deleteUnderLoad() async throws {
        try await StoreFixture.run { fixture in
            try await add("a", alice, fixture)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask { for _ in 0..<25 { try await add("x", alice, fixture) } }
                }
                group.addTask { for _ in 0..<5 { _ = try await fixture.store.delete(alice) } }
                try await group.waitForAll()
            }
            try await add("last", alice, fixture)
            let last = try await fixture.store.read(alice, orEmpty: []) {
                try $0.todos(TodoQuery(sort: TodoQuery.Sort(.id, descending: true), limit: 1)).items.map(\.title)
            }
            #expect(last == ["last"])
            #expect(try await fixture.store.problems(of: alice).isEmpty)
        }
    }

    @Test(
        "Restoring brings back what was copied, over an open file with a log, and over nothing",
        arguments: [false, true])
    func restore(deleted: Bool) async throws {
        try await StoreFixture.run { fixture in
            for number in 0..<300 { try await add("\(number)", alice, fixture) }
            let copy = fixture.folder + "/copy"
            _ = try await fixture.store.snapshot(of: alice, to: copy)
            for number in 0..<8 { try await add("later \(number)", alice, fixture) }
            if deleted { _ = try await fixture.store.delete(alice) }
            try await fixture.store.restore(alice, copy: copy)
            #expect(try await fixture.store.summary(of: alice)?.tasks == 300)
            #expect(try await fixture.store.problems(of: alice).isEmpty)
            try await add("after", alice, fixture)
            #expect(try await fixture.store.summary(of: alice)?.tasks == 301)
            #expect(try await fixture.store.users(of: alice.tenant, limit: .max).compactMap(\.user) == [alice.user])
            await fixture.store.close()
            let summary = try await fixture.reopened { try await $0.store.summary(of: alice) }
            #expect(summary?.tasks == 301)
        }
    }

    @Test("What is no whole database of that user is not restored, and what is there stays")
    func badRestore() async throws {
        try await StoreFixture.run { fixture in
            try await add("mine", alice, fixture)
            for number in 0..<60 { try await add(String(repeating: "\(number)", count: 90), bob, fixture) }
            let copy = fixture.folder + "/copy"
            _ = try await fixture.store.snapshot(of: bob, to: copy)
            let whole = try Data(contentsOf: URL(filePath: copy))
            var damaged = whole
            damaged.replaceSubrange(8192..<12288, with: Data(repeating: 0xA5, count: 4096))
            let cases: [(Data, StoreError)] = [
                (whole, .wrongOwner), (Data("no database".utf8), .corrupt), (Data(), .corrupt),
                (whole.prefix(8192), .corrupt), (damaged, .corrupt),
            ]
            for (index, (data, error)) in cases.enumerated() {
                try data.write(to: URL(filePath: copy))
                let account = index == 0 ? alice : bob
                await #expect(throws: error) { try await fixture.store.restore(account, copy: copy) }
            }
            #expect(try await titles(alice, fixture) == ["mine"])
            #expect(try await fixture.store.summary(of: bob)?.tasks == 60)
        }
    }

    @Test("Checking tells damaged files, files of nobody's and strange ones from whole ones")
    func check() async throws {
        try await StoreFixture.run { fixture in
            for account in [alice, bob] {
                for number in 0..<40 { try await add(String(repeating: "\(number)", count: 90), account, fixture) }
            }
            #expect(try await fixture.store.problems(of: alice).isEmpty)
            #expect(try await fixture.store.problems(of: alice.tenant).isEmpty)
            await fixture.store.close()
            let path = try fixture.path(.user(alice))
            let handle = try #require(FileHandle(forUpdatingAtPath: path))
            try handle.seek(toOffset: 8192)
            try handle.write(contentsOf: Data(repeating: 0xA5, count: 4096))
            try handle.close()
            let stranger = try fixture.path(.user(StoreFixture.account("acme", "nobody")))
            try FileManager.default.createDirectory(
                atPath: (stranger as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: try fixture.path(.user(bob)), toPath: stranger)
            try await fixture.reopened { fixture in
                #expect(try await !fixture.store.problems(of: alice).isEmpty)
                #expect(try await fixture.store.problems(of: bob).isEmpty)
                let ofTenant = try await fixture.store.problems(of: alice.tenant)
                #expect(ofTenant.count == 1)
                #expect(ofTenant.first?.contains("does not belong to a user") == true)
            }
        }
    }
}
