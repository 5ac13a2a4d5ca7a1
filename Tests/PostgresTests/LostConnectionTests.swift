import Foundation
import TestSupport
import Testing

@testable import Postgres

struct LostConnectionTests {
    @Test func aConnectionThatTheServerEndedIsNotedBeforeItsUse() async throws {
        try await PostgresFixture.with { fixture in
            let connection = try fixture.connect()
            let processID = try connection.run(.processID).int(0, 0)
            #expect(connection.isUsable)
            try await fixture.psql("SELECT pg_terminate_backend(\(processID))")
            try await eventually("the server ends the connection") { !connection.isUsable }
            #expect {
                try connection.run(.one)
            } throws: { error in
                guard case PostgresError.connectionLost = error else { return false }
                return true
            }
            #expect {
                try connection.send(.one)
            } throws: { error in
                guard case PostgresError.connectionLost = error else { return false }
                return true
            }
        }
    }

    /// A change by itself may have been committed, a question or a transaction without its COMMIT was not.
    @Test(arguments: [true, false])
    func aChangeByItselfHasAnUnknownOutcome(isChange: Bool) async throws {
        try await PostgresFixture.with(schema: "CREATE TABLE item (id int8, title text)") { fixture in
            let connection = try fixture.connect()
            let processID = try connection.run(.processID).int(0, 0)
            try await fixture.psql("SELECT pg_terminate_backend(\(processID))")
            if !isChange { try connection.send(.begin) }
            try connection.send(.insert, Arguments(1, "a"))
            #expect {
                try connection.finish()
            } throws: { error in
                if isChange { return error as? PostgresError == .outcomeUnknown }
                guard case PostgresError.connectionLost = error else { return false }
                return true
            }
        }
    }

    @Test func aServerThatStallsIsLeftAtTheDeadline() async throws {
        try await PostgresFixture.with(schema: "CREATE TABLE item (id int8, title text)") { fixture in
            for isCommitting in [false, true] {
                let connection = try fixture.connect()
                let processID = Int32(try connection.run(.processID).int(0, 0))
                try connection.send(.begin)
                try connection.send(.insert, Arguments(1, "a"))
                _ = try connection.finish()
                #expect(kill(processID, SIGSTOP) == 0)
                defer { kill(processID, SIGCONT) }
                let start = ContinuousClock.now
                try connection.send(isCommitting ? .commit : .one)
                #expect(throws: isCommitting ? PostgresError.outcomeUnknown : .timedOut) {
                    try connection.finish(by: start + .milliseconds(100))
                }
                #expect(ContinuousClock.now - start >= .milliseconds(100))
                #expect(!connection.isUsable)
            }
        }
    }

    @Test func aStatementIsLeftAtTheDeadline() async throws {
        try await PostgresFixture.with { fixture in
            let connection = try fixture.connect()
            #expect(throws: PostgresError.timedOut) { try connection.run(.sleep, by: .now + .milliseconds(50)) }
            #expect(!connection.isUsable)
            // One that has passed already is no reason to wait for ever, nor to trap.
            let other = try fixture.connect()
            #expect(throws: PostgresError.timedOut) { try other.run(.sleep, by: .now - .seconds(5)) }
        }
    }
}
