import Identity
import Postgres
import StoreTesting
import Testing

@testable import PostgresStore
@testable import TodoStore

@Suite struct NodeTests {
    private let alice = PostgresFixture.alice
    private let step = TurnStep.model(content: "One moment.", calls: [], provider: "p", opaque: nil)

    private func begin(_ store: PostgresUsers) async throws -> Turn {
        try await store.write(alice) { transaction in
            let conversation = try transaction.createConversation(title: "c").id
            let turn = try transaction.beginTurn(
                conversation: conversation, userMessage: "Add milk", idempotencyKey: "k")
            try transaction.claimIdempotency("k", requestHash: [1], turn: turn.id)
            try transaction.appendStep(turn.claim, step)
            return turn
        }
    }

    private func states(_ turn: Turn, _ store: PostgresUsers) async throws -> [String?] {
        try await store.read(alice, orEmpty: []) { reader in
            [
                try reader.turn(turn.id)?.status.rawValue, try reader.idempotency("k")?.state.rawValue,
                try reader.answer(turn: turn.id)?.content,
            ]
        }
    }

    /// Ends the leases of all nodes, as time would.
    private func expire(_ fixture: PostgresFixture) throws {
        try fixture.database.ask(
            Statement("test_expire", "UPDATE node SET expires_at = now() - interval '1 second'"))
    }

    @Test("A turn of a node whose lease holds is left to it")
    func leavesTurn() async throws {
        try await PostgresFixture.run { first in
            let turn = try await begin(first.store)
            try await first.other { second in
                #expect(try await states(turn, second.store) == ["running", "running", nil])
                await #expect(throws: StoreError.stepRefused) {
                    try await second.store.write(alice) { try $0.appendStep(turn.claim, step) }
                }
                _ = try await second.store.write(alice) { try $0.addTodo(TodoDraft(title: "a"), origin: .user) }
            }
            try await first.store.write(alice) { try $0.appendStep(turn.claim, step) }
            #expect(try await states(turn, first.store) == ["running", "running", nil])
        }
    }

    @Test("A turn of a node whose lease is over is interrupted, and the node adds nothing to it")
    func fencesZombie() async throws {
        try await PostgresFixture.run { zombie in
            let turn = try await begin(zombie.store)
            try await zombie.other { second in
                try await second.store.beat()
                try expire(zombie)
                try await second.store.beat()
                #expect(try await states(turn, second.store) == ["interrupted", "interrupted", "One moment."])
                await #expect(throws: StoreError.stepRefused) {
                    try await zombie.store.write(alice) { try $0.appendStep(turn.claim, step) }
                }
                let resumed = try await second.store.write(alice) { transaction in
                    try transaction.resumeIdempotency("k")
                    return try transaction.resumeTurn(turn.id)
                }
                #expect(resumed.attempt == 2)
                // Neither its own attempt nor one that it might have heard of.
                for claim in [turn.claim, resumed.claim] {
                    await #expect(throws: StoreError.stepRefused) {
                        try await zombie.store.write(alice) { try $0.appendStep(claim, step) }
                    }
                    await #expect(throws: StoreError.notFound(.turn)) {
                        try await zombie.store.write(alice) {
                            try $0.finishTurn(claim, Turn.End(status: .done, answer: "late", isComplete: true))
                        }
                    }
                }
                try await second.store.write(alice) { transaction in
                    try transaction.appendStep(resumed.claim, step)
                    try transaction.finishTurn(
                        resumed.claim, Turn.End(status: .done, answer: "whole", isComplete: true))
                    try transaction.finishIdempotency("k", body: "{}")
                }
                #expect(try await states(turn, second.store) == ["done", "done", "whole"])
            }
        }
    }

    @Test("A turn during which a second node ends is abandoned with its key")
    func abandons() async throws {
        try await PostgresFixture.run { first in
            let turn = try await begin(first.store)
            try await first.other { second in
                try expire(first)
                try await second.store.beat()
                #expect(try await states(turn, second.store) == ["interrupted", "interrupted", "One moment."])
                try await second.store.write(alice) { transaction in
                    try transaction.resumeIdempotency("k")
                    _ = try transaction.resumeTurn(turn.id)
                }
                try await second.other { third in
                    try expire(first)
                    try await third.store.beat()
                    #expect(try await states(turn, third.store) == ["failed", "abandoned", "One moment."])
                }
            }
        }
    }

    @Test("Turns of a node whose lease is over are ended for users who do not come by themselves")
    func endsOrphans() async throws {
        try await PostgresFixture.run { first in
            let turn = try await begin(first.store)
            try await first.other { second in
                #expect(try await second.store.endOrphans() == 0)
                try expire(first)
                try await second.store.beat()
                #expect(try await second.store.endOrphans() == 1)
                #expect(try await second.store.endOrphans() == 0)
                let rows = try first.database.ask(
                    Statement("test_turn", "SELECT status, (SELECT count(*) FROM running) FROM turn"))
                #expect(try rows.text(0, 0) == "interrupted")
                #expect(try rows.int(0, 1) == 0)
                #expect(try await states(turn, second.store) == ["interrupted", "interrupted", "One moment."])
            }
        }
    }

    @Test("A lease is prolonged until its keeper is cancelled, and given up when the store is closed")
    func keepsLease() async throws {
        try await PostgresFixture.run { fixture in
            let leases = Statement(
                "test_leases", "SELECT count(*) FROM node WHERE expires_at > clock_timestamp()")
            try await fixture.other { other in
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { await other.store.keepLease() }
                    while !other.store.lease.isHeld { await Task.yield() }
                    group.cancelAll()
                }
                let held = try fixture.database.ask(leases).int(0, 0)
                #expect(held == 1)
            }
            #expect(try fixture.database.ask(leases).int(0, 0) == 0)
        }
    }

    @Test("A key that a node left running without a turn is interrupted when it is asked for")
    func interruptsKey() async throws {
        try await PostgresFixture.run { first in
            try await first.store.write(alice) { try $0.claimIdempotency("k", requestHash: [1]) }
            try await first.other { second in
                let read: @Sendable () async throws -> IdempotencyRecord.State? = {
                    try await second.store.read(alice, orEmpty: nil) { try $0.idempotency("k")?.state }
                }
                #expect(try await read() == .running)
                try expire(first)
                try await second.store.beat()
                #expect(try await read() == .interrupted)
            }
        }
    }

    @Test("A node that cannot prolong its lease neither writes nor reads, and serves again when it can")
    func refusesWithoutLease() async throws {
        try await PostgresFixture.run { fixture in
            _ = try await fixture.store.write(alice) { try $0.addTodo(TodoDraft(title: "a"), origin: .user) }
            // The lease's own statement is refused, while the connections of transactions are as they were.
            try fixture.database.ask(Statement("test_revoke", "REVOKE INSERT, UPDATE ON node FROM steward_app"))
            fixture.store.lease.lapse()
            await #expect(throws: StoreError.self) {
                try await fixture.store.read(alice, orEmpty: 0) { try $0.counts().tasks }
            }
            await #expect(throws: StoreError.self) {
                try await fixture.store.write(alice) { try $0.deleteTodo(1, origin: .user) }
            }
            try fixture.database.ask(Statement("test_grant", "GRANT INSERT, UPDATE ON node TO steward_app"))
            #expect(try await fixture.store.read(alice, orEmpty: 0) { try $0.counts().tasks } == 1)
        }
    }

    @Test("A tenant that was moved away is refused, and not answered as empty")
    func refusesMovedTenant() async throws {
        try await PostgresFixture.run { fixture in
            _ = try await fixture.store.write(alice) { try $0.addTodo(TodoDraft(title: "a"), origin: .user) }
            #expect(try await fixture.store.delete(alice))
            #expect(try await fixture.store.read(alice, orEmpty: 0) { try $0.counts().tasks } == 0)
            try fixture.database.ask(Statement("test_move", "UPDATE tenant SET moved_to = 'other'"))
            let refusal = StoreError.unavailable(reason: "the tenant is being deleted, or was moved")
            await #expect(throws: refusal) {
                try await fixture.store.read(alice, orEmpty: 0) { try $0.counts().tasks }
            }
            for isCreating in [false, true] {
                await #expect(throws: refusal) {
                    try await fixture.store.write(alice, limits: StoreLimits(), creating: isCreating) {
                        try $0.addTodo(TodoDraft(title: "b"), origin: .user)
                    }
                }
            }
        }
    }

    @Test("Two nodes that write for one user follow each other, with one count of ids")
    func takeTurns() async throws {
        try await PostgresFixture.run { first in
            try await first.other { second in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<40 {
                        let store = number.isMultiple(of: 2) ? first.store : second.store
                        group.addTask {
                            _ = try await store.write(alice) {
                                try $0.addTodo(TodoDraft(title: "\(number)"), origin: .user)
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                let ids = try await second.store.read(alice, orEmpty: []) {
                    try $0.todos(TodoQuery(limit: 100)).items.map(\.id)
                }
                #expect(ids == Array(1...40))
                let titles = try await first.store.read(alice, orEmpty: []) {
                    try $0.todos(TodoQuery(limit: 100)).items.map(\.title)
                }
                #expect(Set(titles).count == 40)
            }
        }
    }
}
