import Testing

@testable import Postgres

struct PipelineTests {
    private let schema = "CREATE TABLE item (id int8 PRIMARY KEY, title text NOT NULL)"

    @Test(arguments: [false, true])
    func allStatementsAreOneRoundTrip(usesPooler: Bool) async throws {
        try await PostgresFixture.with(schema: schema) { fixture in
            let connection = try fixture.connect(usesPooler: usesPooler)
            try connection.send(.begin)
            for id in 1...100 { try connection.send(.insert, Arguments(id, "item \(id)")) }
            try connection.send(.count)
            try connection.send(.commit)
            let results = try connection.finish()
            #expect(results.count == 103)
            #expect(results[1].changedRows == 1)
            #expect(results[1].rowCount == 0)
            #expect(try results[101].int(0, 0) == 100)
            #expect(connection.roundTrips == 1)
            #expect(try connection.finish().isEmpty)
            #expect(connection.roundTrips == 1)
            #expect(try await fixture.psql("SELECT count(*) FROM item") == "100")
            let known = try await fixture.psql(
                "SELECT count(*) FROM pg_stat_activity WHERE query = 'COMMIT' AND datname = current_database()")
            #expect(known == "1")
            let prepared = try connection.run(Statement("prepared", "SELECT count(*) FROM pg_prepared_statements"))
            #expect(try prepared.int(0, 0) == (usesPooler ? 0 : 5))
        }
    }

    @Test(arguments: [false, true])
    func statementsWithoutBeginAreOneTransaction(usesPooler: Bool) async throws {
        try await PostgresFixture.with(schema: schema) { fixture in
            let connection = try fixture.connect(usesPooler: usesPooler)
            let set = Statement("set_local", "SELECT set_config('steward.account', $1, true)")
            let show = Statement("show", "SELECT current_setting('steward.account', true)")
            var arguments = Arguments()
            arguments.append("alice")
            // The preparation of the second does not end the transaction of the first.
            try connection.send(set, arguments)
            try connection.send(show)
            #expect(try connection.finish()[1].text(0, 0) == "alice")
            #expect(try connection.run(show).textIfAny(0, 0) == "")

            try connection.send(.insert, Arguments(1, "a"))
            try connection.send(.insert, Arguments(1, "b"))
            #expect { try connection.finish() } throws: { error in
                guard case PostgresError.rejected("23505", _) = error else { return false }
                return true
            }
            #expect(try connection.run(.count).int(0, 0) == 0)
        }
    }

    @Test(arguments: [false, true])
    func aTransactionEndsWithItsFirstError(usesPooler: Bool) async throws {
        try await PostgresFixture.with(schema: schema) { fixture in
            let connection = try fixture.connect(usesPooler: usesPooler)
            try connection.send(.begin)
            try connection.send(.insert, Arguments(1, "a"))
            try connection.send(.divide, Arguments(0))
            try connection.send(.insert, Arguments(2, "b"))
            try connection.send(.commit)
            #expect(throws: PostgresError.rejected(sqlState: "22012", message: "division by zero")) {
                try connection.finish()
            }
            // The COMMIT was not run, and the transaction waits for its end.
            #expect(throws: PostgresError.self) { try connection.run(.one) }
            #expect(connection.isUsable)
            try connection.run(.rollback)
            #expect(try connection.run(.count).int(0, 0) == 0)
        }
    }

    @Test func theCommitOfAFailedTransactionIsAnError() async throws {
        try await PostgresFixture.with(schema: schema) { fixture in
            let connection = try fixture.connect()
            try connection.send(.begin)
            try connection.send(.divide, Arguments(0))
            #expect(throws: PostgresError.self) { try connection.finish() }
            // Statements that are known, so that nothing but the COMMIT itself is left to fail.
            #expect(throws: PostgresError.self) { try connection.run(.commit) }
            try connection.run(.rollback)
            try connection.run(.begin)
            try connection.run(.commit)
            try connection.run(.begin)
            #expect(throws: PostgresError.self) { try connection.run(.divide, Arguments(0)) }
            #expect {
                try connection.run(.commit)
            } throws: { error in
                guard case PostgresError.rejected("25P02", _) = error else { return false }
                return true
            }
            #expect(try connection.run(.one).int(0, 0) == 1)
        }
    }

    @Test func aPreparationBehindAnErrorIsNotLost() async throws {
        try await PostgresFixture.with(schema: schema) { fixture in
            let connection = try fixture.connect()
            try connection.send(.divide, Arguments(0))
            try connection.send(.count)
            #expect(throws: PostgresError.self) { try connection.finish() }
            #expect(try connection.run(.count).int(0, 0) == 0)
        }
    }

    @Test func aPreparationThatFailsIsDoneAgain() async throws {
        try await PostgresFixture.with { fixture in
            let connection = try fixture.connect()
            for _ in 1...2 {
                try connection.send(.one)
                try connection.send(.count)
                try connection.send(.processID)
                #expect {
                    try connection.finish()
                } throws: { error in
                    guard case PostgresError.rejected("42P01", _) = error else { return false }
                    return true
                }
            }
            try await fixture.psql(schema)
            #expect(try connection.run(.count).int(0, 0) == 0)
            #expect(try connection.run(.processID).int(0, 0) > 0)
        }
    }

    @Test func resultsThatNobodyWaitsForAreDropped() async throws {
        try await PostgresFixture.with(schema: schema) { fixture in
            let connection = try fixture.connect()
            for _ in 1...16 {
                try connection.send(.beginReading)
                try connection.send(.count)
                try connection.send(.commit)
                try connection.finishLater()
            }
            #expect(connection.roundTrips == 0)
            try connection.send(.one)
            #expect(throws: PostgresError.misuse("too many results are not read")) { try connection.finishLater() }
            #expect(try connection.finish().map { try $0.int(0, 0) } == [1])
            #expect(connection.roundTrips == 1)
            // An error among them, too.
            try connection.send(.divide, Arguments(0))
            try connection.finishLater()
            #expect(try connection.run(.one).int(0, 0) == 1)
        }
    }

    @Test func theErrorOfADeferredConstraintIsNotLost() async throws {
        let schema = "CREATE TABLE item (id int8, title text, UNIQUE (id) DEFERRABLE INITIALLY DEFERRED)"
        try await PostgresFixture.with(schema: schema) { fixture in
            let connection = try fixture.connect()
            for isExplicit in [false, true] {
                if isExplicit { try connection.send(.begin) }
                try connection.send(.insert, Arguments(1, "a"))
                try connection.send(.insert, Arguments(1, "b"))
                if isExplicit { try connection.send(.commit) }
                #expect {
                    try connection.finish()
                } throws: { error in
                    guard case PostgresError.rejected("23505", _) = error else { return false }
                    return true
                }
                #expect(try connection.run(.count).int(0, 0) == 0)
            }
        }
    }

    @Test func aStatementBehindTheCommitIsRefused() async throws {
        try await PostgresFixture.with { fixture in
            let connection = try fixture.connect()
            try connection.send(.begin)
            try connection.send(.commit)
            #expect(throws: PostgresError.self) { try connection.send(.one) }
            #expect(try connection.finish().count == 2)
        }
    }

    @Test func aNameStandsForOneStatement() async throws {
        try await PostgresFixture.with { fixture in
            let connection = try fixture.connect()
            try connection.run(.one)
            try connection.send(Statement("one", "SELECT 2::int8"))
            #expect(throws: PostgresError.misuse("two statements have the name one")) { try connection.finish() }
            #expect(!connection.isUsable)
        }
    }

    /// More than the buffers of the sockets hold, in both directions: neither side may wait for the other for ever.
    @Test func manyLargeValuesPassBothWays() async throws {
        try await PostgresFixture.with { fixture in
            let connection = try fixture.connect()
            let echo = Statement("echo", "SELECT $1")
            let text = String(repeating: "0123456789abcdef", count: 1 << 16)
            for _ in 1...40 {
                var arguments = Arguments()
                arguments.append(text)
                try connection.send(echo, arguments)
            }
            let results = try connection.finish()
            #expect(results.count == 40)
            for result in results { #expect(try result.text(0, 0) == text) }
        }
    }
}
