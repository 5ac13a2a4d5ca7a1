import TestSupport

@testable import Postgres

/// A database of the shared server, for one test.
struct PostgresFixture {
    let server: PostgresServer
    let database: String

    /// The end of every wait, so that a failed test ends.
    static var deadline: ContinuousClock.Instant { .now + .seconds(60) }

    static func with<Result>(
        schema: String = "", _ body: (PostgresFixture) async throws -> Result
    ) async throws -> Result {
        let server = try await PostgresServer.shared()
        return try await server.withDatabase { database in
            if !schema.isEmpty { try await server.psql(schema, database: database) }
            return try await body(PostgresFixture(server: server, database: database))
        }
    }

    func configuration(user: String = PostgresServer.superuser) -> PostgresConfiguration {
        PostgresConfiguration(
            hosts: [.socket(folder: server.folder, port: 5_432)], database: database, user: user,
            connectTimeout: .seconds(60))
    }

    func connect(usesPooler: Bool = false) throws(PostgresError) -> PostgresConnection {
        var configuration = configuration()
        configuration.usesPooler = usesPooler
        return try PostgresConnection(configuration, deadline: Self.deadline)
    }

    @discardableResult
    func psql(_ sql: String) async throws -> String { try await server.psql(sql, database: database) }
}

extension PostgresConnection {
    /// Sends one statement and returns its result.
    @discardableResult
    func run(
        _ statement: Statement, _ arguments: Arguments = Arguments(),
        by deadline: ContinuousClock.Instant = PostgresFixture.deadline
    ) throws(PostgresError) -> PostgresResult {
        try send(statement, arguments)
        guard let result = try finish(by: deadline).last else { throw .unexpectedValue("no result") }
        return result
    }

    func finish() throws(PostgresError) -> [PostgresResult] { try finish(by: PostgresFixture.deadline) }
}

extension Statement {
    static let begin = Statement("begin", "BEGIN")
    static let beginReading = Statement("begin_reading", "BEGIN READ ONLY")
    static let commit = Statement("commit", "COMMIT")
    static let rollback = Statement("rollback", "ROLLBACK")
    static let one = Statement("one", "SELECT 1::int8")
    static let sleep = Statement("sleep", "SELECT pg_sleep(600)")
    static let processID = Statement("process_id", "SELECT pg_backend_pid()")
    static let insert = Statement("insert", "INSERT INTO item (id, title) VALUES ($1, $2)")
    static let count = Statement("count", "SELECT count(*) FROM item")
    static let divide = Statement("divide", "SELECT 1 / $1")
}

extension Arguments {
    init(_ id: Int) {
        self.init()
        append(id)
    }

    init(_ id: Int, _ title: String) {
        self.init(id)
        append(title)
    }
}
