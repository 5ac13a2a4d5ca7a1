import EventLoops
import Foundation
import Identity
import StoreTesting
import TestSupport
import Testing

@testable import SQLiteStore
@testable import TodoStore

/// Operators' work beside that of users.
@Suite(.timeLimit(.minutes(5))) struct CopyLimitTests {
    private let alice = StoreFixture.alice
    private let users = (0..<8).map { StoreFixture.account("acme", "user\($0)") }

    /// Work that reads or writes whole databases.
    enum Work: CaseIterable {
        case snapshot, check, restore, importing
    }

    @Test("However many users are copied, checked or brought back at once, half of the threads serve requests")
    func bounded() async throws {
        // One place.
        try await StoreFixture.run(threads: 2) { fixture in
            let copies = fixture.folder + "-copies"
            try FileManager.default.createDirectory(atPath: copies, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: copies) }
            for account in users + [alice] {
                _ = try await fixture.store.write(account) { try $0.addTodo(.titled("a"), origin: .user) }
                _ = try await fixture.store.snapshot(of: account, to: "\(copies)/\(account.user)")
            }
            let (gate, opening) = AsyncStream.makeStream(of: Void.self)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await fixture.store.longWork.withPermit { for await _ in gate {} } }
                try await eventually("the place is taken") { fixture.store.longWork.availablePermits == 0 }
                for (index, account) in users.enumerated() {
                    let work = Work.allCases[index % Work.allCases.count]
                    group.addTask { try await Self.do(work, account, copies, fixture.store) }
                }
                try await eventually("all of it waits") { fixture.store.longWork.waitingCount == users.count }
                for account in users + [alice] {
                    _ = try await fixture.store.write(account) { try $0.addTodo(.titled("b"), origin: .user) }
                    #expect(try await fixture.store.read(account, orEmpty: 0) { try $0.counts().tasks } == 2)
                }
                opening.finish()
                try await group.waitForAll()
            }
            #expect(fixture.store.longWork.availablePermits == 1)
            // The restored user has the copied data, the others their later changes.
            for (index, account) in users.enumerated() {
                let tasks = try await fixture.store.read(account, orEmpty: 0) { try $0.counts().tasks }
                #expect(tasks == ([.restore, .importing].contains(Work.allCases[index % 4]) ? 1 : 2))
            }
        }
    }

    @Test("Who was cancelled while waiting does nothing, and leaves the place to the next one")
    func cancelled() async throws {
        let work = AsyncSemaphore(permits: 1)
        let (gate, opening) = AsyncStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await work.withPermit { for await _ in gate {} } }
            try await eventually("the place is taken") { work.availablePermits == 0 }
            let leaving = Task { try await work.withPermit { Issue.record("cancelled work ran") } }
            try await eventually("it waits") { work.waitingCount == 1 }
            leaving.cancel()
            group.addTask { try await work.withPermit {} }
            try await eventually("the next one waits") { work.waitingCount == 2 }
            opening.finish()
            await #expect(throws: CancellationError.self) { try await leaving.value }
            try await group.waitForAll()
        }
        #expect(work.availablePermits == 1)
    }

    private static func `do`(
        _ work: Work, _ account: Account, _ copies: String, _ store: UserDatabases
    ) async throws {
        let copy = "\(copies)/\(account.user)"
        switch work {
        case .snapshot: #expect(try await store.snapshot(of: account, to: copy + "-again") != nil)
        case .check: #expect(try await store.problems(of: account) == [])
        case .restore, .importing:
            if work == .restore { return try await store.restore(account, copy: copy) }
            try await store.importUser(
                account, copy: copy, UserImport(limits: StoreLimits(), replaces: true, adopts: false))
        }
    }
}
