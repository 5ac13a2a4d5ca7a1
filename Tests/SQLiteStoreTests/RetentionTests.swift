import Foundation
import GRDB
import Identity
import StoreTesting
import Testing
import Time

@testable import SQLiteStore
@testable import TodoStore

@Suite struct RetentionTests {
    private let alice = StoreFixture.alice
    private let bob = StoreFixture.account("acme", "bob")
    private let limits = StoreLimits(retentionSeconds: 30 * 86_400)

    /// Stores a conversation with one answered question.
    private func talk(_ account: Account, _ fixture: StoreFixture, limits: StoreLimits? = nil) async throws -> Int {
        try await fixture.store.write(account, limits: limits ?? self.limits) { transaction in
            let conversation = try transaction.createConversation(title: "c").id
            let turn = try transaction.beginTurn(conversation: conversation, userMessage: "Hello")
            try transaction.finishTurn(turn.id, Turn.End(status: .done, answer: "Hello", isComplete: true))
            return conversation
        }
    }

    private func conversations(_ account: Account, _ fixture: StoreFixture) async throws -> [Int] {
        try await fixture.store.read(account, orEmpty: []) { try $0.conversations(limit: 100).items.map(\.id) }
    }

    @Test("A round forgets old conversations and changes of everybody, and leaves tasks and what is going on")
    func round() async throws {
        try await StoreFixture.run { fixture in
            _ = try await fixture.store.write(alice) { try $0.addTodo(.titled("stays"), origin: .user) }
            _ = try await talk(alice, fixture)
            _ = try await talk(bob, fixture)
            let running = try await fixture.store.write(bob) { transaction in
                let conversation = try transaction.createConversation(title: "running").id
                _ = try transaction.beginTurn(conversation: conversation, userMessage: "Hello")
                return conversation
            }
            let globex = StoreFixture.account("globex", "carol")
            _ = try await talk(globex, fixture)
            fixture.clock.advance(seconds: 31 * 86_400)

            let housekeeping = Maintenance(databases: fixture.store, pause: .zero, logger: .silent) { tenant in
                // The other tenant is misconfigured now: nobody knows what it keeps.
                tenant == alice.tenant ? limits : nil
            }
            #expect(housekeeping.progress == Maintenance.Progress())
            try await housekeeping.round()
            #expect(housekeeping.progress.checked == 2)
            #expect(housekeeping.progress.tidied == 2)
            #expect(housekeeping.progress.failed == 0)
            #expect(housekeeping.progress.finishedAt == fixture.clock.now)
            #expect(!housekeeping.progress.isRunning)
            #expect(try await conversations(alice, fixture) == [])
            #expect(try await conversations(bob, fixture) == [running])
            #expect(try await conversations(globex, fixture).count == 1)
            let summary = try #require(try await fixture.store.summary(of: alice))
            #expect(summary.tasks == 1)
            #expect(summary.messages == 0)
            #expect(summary.changes == 0)

            try await housekeeping.round()
            #expect(housekeeping.progress.tidied == 0)
        }
    }

    @Test("A user whose file cannot be used does not end the round")
    func damaged() async throws {
        try await StoreFixture.run { fixture in
            for account in [alice, bob] { _ = try await talk(account, fixture) }
            await fixture.store.close()
            try Data("no database".utf8).write(to: URL(filePath: try fixture.path(.user(alice))))
            try await fixture.reopened { fixture in
                fixture.clock.advance(seconds: 31 * 86_400)
                let limits = limits
                let housekeeping = Maintenance(databases: fixture.store, pause: .zero, logger: .silent) { _ in limits }
                try await housekeeping.round()
                #expect(housekeeping.progress.failed == 1)
                #expect(housekeeping.progress.tidied == 1)
            }
        }
    }

    @Test("A round that the end of the process cut off goes on where it was, and the next one is a day later")
    func goesOn() async throws {
        try await StoreFixture.run { fixture in
            let users = [alice, bob] + ["carol", "dan"].map { StoreFixture.account("acme", $0) }
            for account in users + [StoreFixture.account("globex", "eve")] { _ = try await talk(account, fixture) }
            let hashes = try users.map { try AccountHash($0).text }.sorted()
            let limits = limits
            func housekeeping() -> Maintenance {
                Maintenance(databases: fixture.store, pause: .zero, page: 2, logger: .silent) { tenant in
                    if tenant != alice.tenant { withUnsafeCurrentTask { $0?.cancel() } }
                    return limits
                }
            }
            #expect(housekeeping().nextRound == nil)
            await withTaskGroup { group in
                group.addTask {
                    await #expect(throws: CancellationError.self) { try await housekeeping().round() }
                }
            }
            let cut = MaintenanceState(folder: fixture.folder)
            #expect(cut.cursor == MaintenanceState.Cursor(tenant: alice.tenant, hash: hashes[3]))
            #expect(cut.progress.checked == 4)

            // As if interrupted in the middle.
            var middle = cut
            middle.cursor?.hash = hashes[1]
            middle.progress.checked = 2
            try middle.save(in: fixture.folder)
            let next = Maintenance(databases: fixture.store, pause: .zero, logger: .silent) { _ in limits }
            next.resume()
            #expect(next.nextRound == nil)
            try await next.round()
            #expect(next.progress.checked == 5)
            #expect(next.progress.startedAt == cut.progress.startedAt)
            let after = Maintenance(databases: fixture.store, pause: .zero, logger: .silent) { _ in limits }
            after.resume()
            #expect(after.nextRound?.milliseconds == fixture.clock.now.milliseconds + 86_400_000)
            #expect(after.progress == next.progress)
        }
    }

    @Test(
        "Notes of another version or that cannot be read let a round begin anew",
        arguments: [
            "", "{", "[]", #"{"schema": 1}"#,
            #"{"schema": 0, "checked": 7, "tidied": 0, "failed": 0, "tenant": "acme", "hash": "ff"}"#,
            #"{"schema": 1, "checked": 7, "tidied": 0, "failed": 0, "tenant": "../x", "hash": "ff"}"#,
        ])
    func badNotes(text: String) async throws {
        try await StoreFixture.run { fixture in
            _ = try await talk(alice, fixture)
            try Data(text.utf8).write(to: URL(filePath: MaintenanceState.path(in: fixture.folder)))
            let limits = limits
            let housekeeping = Maintenance(databases: fixture.store, pause: .zero, logger: .silent) { _ in limits }
            housekeeping.resume()
            #expect(housekeeping.nextRound == nil)
            try await housekeeping.round()
            #expect(housekeeping.progress.checked == 1)
        }
    }

    @Test("A new conversation makes old ones go, so that they do not count")
    func onWrite() async throws {
        try await StoreFixture.run { fixture in
            var limits = limits
            limits.conversations = 1
            _ = try await talk(alice, fixture, limits: limits)
            await #expect(throws: StoreError.quotaExceeded(.conversations)) {
                _ = try await talk(alice, fixture, limits: limits)
            }
            fixture.clock.advance(seconds: 31 * 86_400)
            let new = try await talk(alice, fixture, limits: limits)
            #expect(try await conversations(alice, fixture) == [new])
        }
    }

    @Test("A question is refused when it and its answer have no place, until a conversation is deleted")
    func messages() async throws {
        try await StoreFixture.run { fixture in
            var limits = limits
            limits.messages = 5
            let first = try await talk(alice, fixture, limits: limits)
            _ = try await talk(alice, fixture, limits: limits)
            await #expect(throws: StoreError.quotaExceeded(.messages)) {
                _ = try await talk(alice, fixture, limits: limits)
            }
            #expect(try await fixture.store.summary(of: alice)?.messages == 4)
            try await fixture.store.write(alice, limits: limits) { try $0.deleteConversation(first) }
            _ = try await talk(alice, fixture, limits: limits)
            #expect(try await fixture.store.summary(of: alice)?.messages == 4)
        }
    }

    @Test("Who has reached the size can store nothing new, but can still change and delete what there is")
    func size() async throws {
        try await StoreFixture.run { fixture in
            let limits = StoreLimits(bytes: 1 << 20)
            let text = String(repeating: "x", count: 1000)
            var stored = 0
            do {
                while stored < 2000 {
                    _ = try await fixture.store.write(alice, limits: limits) {
                        try $0.addTodo(.titled("t", description: text), origin: .user)
                    }
                    stored += 1
                }
                Issue.record("no quota")
            } catch {
                #expect(error as? StoreError == .quotaExceeded(.bytes))
            }
            #expect((50..<500).contains(stored))
            await #expect(throws: StoreError.quotaExceeded(.bytes)) {
                _ = try await fixture.store.write(alice, limits: limits) { try $0.createConversation(title: "c") }
            }
            let changed = try await fixture.store.write(alice, limits: limits) {
                try $0.setCompleted(1, true, origin: .user, timeZone: .gmt)
            }
            #expect(changed.completed)
            for id in 1...20 {
                _ = try await fixture.store.write(alice, limits: limits) { try $0.deleteTodo(id, origin: .user) }
            }
            #expect(try await fixture.store.summary(of: alice)?.tasks == stored - 20)
        }
    }
}
