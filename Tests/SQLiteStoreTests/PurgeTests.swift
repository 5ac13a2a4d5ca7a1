import Dispatch
import Foundation
import Identity
import StoreTesting
import TestSupport
import Testing

@testable import SQLiteStore
@testable import TodoStore

/// Deletes all data of a tenant while others are served.
@Suite(.timeLimit(.minutes(5))) struct PurgeTests {
    private let users = (0..<5).map { StoreFixture.account("acme", "user\($0)") }
    private let eve = StoreFixture.account("globex", "eve")
    private static let refusal = StoreError.unavailable(reason: "the tenant is being deleted")

    @Test("A purge waits for what is in use, refuses the tenant from its beginning on, and leaves others alone")
    func purge() async throws {
        try await StoreFixture.run { fixture in
            let store = fixture.store
            let folder = fixture.folder + "/acme"
            for account in users + [eve] {
                _ = try await store.write(account) { try $0.addTodo(.titled("a"), origin: .user) }
            }
            let gate = DispatchSemaphore(value: 0)
            let begun = Flag()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await store.read(users[0], orEmpty: ()) { _ in
                        begun.raise()
                        gate.wait()
                    }
                }
                try await eventually("the reader has begun") { begun.isRaised }
                group.addTask { try await store.purge(users[0].tenant) }
                try await eventually("the tenant is refused") {
                    do {
                        _ = try await store.read(users[1], orEmpty: 0) { try $0.counts().tasks }
                        return false
                    } catch let error as StoreError {
                        return error == Self.refusal
                    }
                }
                #expect(FileManager.default.fileExists(atPath: folder))
                for account in [users[2], StoreFixture.account("acme", "new")] {
                    await #expect(throws: Self.refusal) {
                        try await store.write(account) { try $0.addTodo(.titled("b"), origin: .user).id }
                    }
                }
                let id = try await store.write(eve) { try $0.addTodo(.titled("b"), origin: .user).id }
                #expect(id == 2)
                gate.signal()
                try await group.waitForAll()
            }
            #expect(!FileManager.default.fileExists(atPath: folder))
            #expect(store.statistics.open == 2)
            // A second run has nothing to do.
            try await store.purge(users[0].tenant)
            store.admit(users[0].tenant)
            let id = try await store.write(users[0]) { try $0.addTodo(.titled("anew"), origin: .user).id }
            #expect(id == 1)
        }
    }
}
