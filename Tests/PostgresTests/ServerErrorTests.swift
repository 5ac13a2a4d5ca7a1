import Foundation
import Secrets
import TestSupport
import Testing

@testable import Postgres

struct ServerErrorTests {
    @Test func aRowThatThePolicyRefusesIsAnError() async throws {
        let role = "role_\(UInt64.random(in: 0...UInt64.max))"
        let schema = """
            CREATE ROLE \(role) LOGIN;
            CREATE TABLE item (id int8 PRIMARY KEY, title text);
            CREATE TABLE secret (id int8);
            ALTER TABLE item ENABLE ROW LEVEL SECURITY;
            CREATE POLICY own ON item USING (id > 0);
            GRANT ALL ON item TO \(role);
            """
        try await PostgresFixture.with(schema: schema) { fixture in
            let connection = try PostgresConnection(
                fixture.configuration(user: role), deadline: PostgresFixture.deadline)
            try connection.run(.insert, Arguments(1, "a"))
            #expect {
                try connection.run(.insert, Arguments(-1, "a"))
            } throws: { error in
                guard case PostgresError.permissionDenied = error else { return false }
                return true
            }
            #expect {
                try connection.run(Statement("secret", "SELECT id FROM secret"))
            } throws: { error in
                guard case PostgresError.permissionDenied = error else { return false }
                return true
            }
            connection.close()
            try await fixture.psql("DROP OWNED BY \(role); DROP ROLE \(role)")
        }
    }

    @Test func aRoleWithTooManyConnectionsIsTold() async throws {
        let role = "role_\(UInt64.random(in: 0...UInt64.max))"
        try await PostgresFixture.with(schema: "CREATE ROLE \(role) LOGIN CONNECTION LIMIT 1") { fixture in
            let configuration = fixture.configuration(user: role)
            let first = try PostgresConnection(configuration, deadline: PostgresFixture.deadline)
            #expect {
                try PostgresConnection(configuration, deadline: PostgresFixture.deadline)
            } throws: { error in
                guard case PostgresError.tooManyConnections = error else { return false }
                return true
            }
            first.close()
            try await fixture.psql("DROP ROLE \(role)")
        }
    }

    @Test func aWrongPasswordIsToldWithoutIt() async throws {
        let role = PostgresServer.passwordRole
        try await PostgresFixture.with(schema: "CREATE ROLE \(role) LOGIN PASSWORD 'right'") { fixture in
            var configuration = fixture.configuration(user: role)
            for password in ["wrong-secret", nil] {
                configuration.password = password.map { Secret(utf8: $0) }
                #expect {
                    try PostgresConnection(configuration, deadline: PostgresFixture.deadline)
                } throws: { error in
                    // Without a password libpq itself gives up.
                    switch error {
                    case PostgresError.authenticationFailed(let message):
                        password != nil && !message.contains("secret") && !message.contains("LOCATION")
                    case PostgresError.cannotConnect: password == nil
                    default: false
                    }
                }
            }
            configuration.password = Secret(utf8: "right")
            let connection = try PostgresConnection(configuration, deadline: PostgresFixture.deadline)
            #expect(try connection.run(.one).int(0, 0) == 1)
            connection.close()
            try await fixture.psql("DROP ROLE \(role)")
        }
    }

    @Test func aHostThatAcceptsNoWritesIsPassedOver() async throws {
        try await PostgresFixture.with { fixture in
            try await fixture.psql("ALTER DATABASE \(fixture.database) SET default_transaction_read_only = on")
            #expect {
                try fixture.connect()
            } throws: { error in
                guard case PostgresError.notPrimary = error else { return false }
                return true
            }
            // Of several hosts, the one that answered tells more than those that did not.
            var configuration = fixture.configuration()
            configuration.hosts.insert(.socket(folder: "/nonexistent", port: 1), at: 0)
            configuration.hosts.append(.socket(folder: "/nonexistent", port: 1))
            #expect {
                try PostgresConnection(configuration, deadline: PostgresFixture.deadline)
            } throws: { error in
                guard case PostgresError.notPrimary = error else { return false }
                return true
            }
            try await fixture.psql(
                "SET default_transaction_read_only = off; ALTER DATABASE \(fixture.database) RESET ALL")
            for first in [0, 1, 2, 7, -1] {
                let connection = try PostgresConnection(
                    configuration, firstHost: first, deadline: PostgresFixture.deadline)
                #expect(connection.host == 1)
            }
        }
    }

    @Test func aWriteThatTheServerNoLongerAcceptsEndsTheConnection() async throws {
        try await PostgresFixture.with(schema: "CREATE TABLE item (id int8, title text)") { fixture in
            let connection = try fixture.connect()
            try connection.send(.beginReading)
            try connection.send(.insert, Arguments(1, "a"))
            #expect {
                try connection.finish()
            } throws: { error in
                guard case PostgresError.notPrimary = error else { return false }
                return true
            }
            #expect(!connection.isUsable)
        }
    }

    @Test func limitsOfTheServerAreTold() async throws {
        try await PostgresFixture.with(schema: "CREATE TABLE item (id int8, title text)") { fixture in
            let (connection, other) = (try fixture.connect(), try fixture.connect())
            let lock = Statement("lock", "LOCK TABLE item")
            try connection.run(Statement("timeout", "SET statement_timeout = 20"))
            #expect(throws: PostgresError.tooSlow) { try connection.run(.sleep) }
            try other.run(.begin)
            try other.run(lock)
            try connection.run(
                Statement(
                    "timeouts",
                    "SELECT set_config('lock_timeout', '20', false), set_config('statement_timeout', '0', false)"))
            try connection.run(.begin)
            #expect(throws: PostgresError.tooSlow) { try connection.run(lock) }
        }
    }

    @Test func transactionsInEachOthersWayAreTold() async throws {
        let schema = "CREATE TABLE item (id int8, title text); INSERT INTO item VALUES (1, 'a')"
        try await PostgresFixture.with(schema: schema) { fixture in
            let (connection, other) = (try fixture.connect(), try fixture.connect())
            let begin = Statement("begin_repeatable", "BEGIN ISOLATION LEVEL REPEATABLE READ")
            let update = Statement("update", "UPDATE item SET title = 'b' WHERE id = $1")
            try connection.send(begin)
            try connection.send(.count)
            _ = try connection.finish()
            try other.run(update, Arguments(1))
            #expect(throws: PostgresError.serializationFailure) { try connection.run(update, Arguments(1)) }
            try connection.run(.rollback)
            #expect(try connection.run(update, Arguments(1)).changedRows == 1)
        }
    }
}
