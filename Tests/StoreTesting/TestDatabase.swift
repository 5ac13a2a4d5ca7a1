import EventLoops
package import Postgres
import PostgresStore
package import TestSupport

/// A database of one test, copied from a template with the schema.
package struct TestDatabase: Sendable {
    package let name: String
    package let server: PostgresServer
    /// As the server of the product is connected, and as one who may do everything.
    package var app: PostgresConfiguration { configuration(user: "steward_app") }
    package var superuser: PostgresConfiguration { configuration(user: PostgresServer.superuser) }

    private func configuration(user: String) -> PostgresConfiguration {
        PostgresConfiguration(hosts: [.socket(folder: server.folder, port: 5432)], database: name, user: user)
    }

    // All tests wait for the same template, which belongs to none of them and is not cancelled with one.
    private static let template = Task { try await makeTemplate() }

    /// Makes a database with the schema, once for the process. Returns its name.
    private static func makeTemplate() async throws -> String {
        let server = try await PostgresServer.shared()
        let template = TestDatabase(name: "template_steward", server: server)
        try await server.psql("CREATE DATABASE \(template.name)")
        let connection = try PostgresConnection(template.superuser, deadline: .now + .seconds(60))
        defer { connection.close() }
        try PostgresSchema.migrate(connection, by: .now + .seconds(60))
        return template.name
    }

    /// Lends a new database, which is dropped afterwards.
    package static func with<T: Sendable>(_ body: (TestDatabase) async throws -> T) async throws -> T {
        try await databases.withPermit {
            let server = try await PostgresServer.shared()
            return try await server.withDatabase(from: try await template.value) { name in
                try await body(TestDatabase(name: name, server: server))
            }
        }
    }

    /// Enough to keep two cores busy; all tests at once would wait for each other for longer than a request may.
    private static let databases = AsyncSemaphore(permits: 4)

    package struct Failure: Error { let sql: String }

    /// Runs SQL as the superuser, in this database. Returns the rows, one a line.
    @discardableResult
    package func psql(_ sql: String) async throws -> String { try await server.psql(sql, database: name) }

    /// Runs a statement as the superuser, whom no policy holds.
    @discardableResult
    package func ask(_ statement: Statement) throws -> PostgresResult {
        let connection = try PostgresConnection(superuser, deadline: .now + .seconds(5))
        defer { connection.close() }
        try connection.send(Statement("test_path", "SET search_path = steward"))
        _ = try connection.finish(by: .now + .seconds(5))
        try connection.send(statement)
        guard let result = try connection.finish(by: .now + .seconds(5)).last else {
            throw Failure(sql: statement.name)
        }
        return result
    }

    /// A hash of all rows of all users.
    package func content() throws -> String {
        try ask(
            Statement(
                "test_content",
                """
                SELECT md5(coalesce((SELECT string_agg(t::text, '|' ORDER BY t::text) FROM account AS t), '')
                    || coalesce((SELECT string_agg(t::text, '|' ORDER BY t::text) FROM todo AS t), '')
                    || coalesce((SELECT string_agg(t::text, '|' ORDER BY t::text) FROM change AS t), '')
                    || coalesce((SELECT string_agg(t::text, '|' ORDER BY t::text) FROM conversation AS t), '')
                    || coalesce((SELECT string_agg(t::text, '|' ORDER BY t::text) FROM turn AS t), '')
                    || coalesce((SELECT string_agg(t::text, '|' ORDER BY t::text) FROM message AS t), '')
                    || coalesce((SELECT string_agg(t::text, '|' ORDER BY t::text) FROM step AS t), '')
                    || coalesce((SELECT string_agg(t::text, '|' ORDER BY t::text) FROM confirmation AS t), '')
                    || coalesce((SELECT string_agg(t::text, '|' ORDER BY t::text) FROM idempotency AS t), ''))
                """)
        ).text(0, 0)
    }

    /// The types of the parameters of statements.
    package func parameterTypes(of statements: [Statement]) async throws -> [String: [Substring]] {
        let preparations = statements.map { "PREPARE \"\($0.name)\" AS \($0.sql.description);\n" }.joined()
        let text = try await psql(
            """
            SET search_path = steward;
            \(preparations)
            SELECT name, array_to_string(parameter_types, '|') FROM pg_prepared_statements
            """)
        var types: [String: [Substring]] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(separator: "|")
            if let name = words.first { types[String(name)] = Array(words.dropFirst()) }
        }
        return types
    }

    /// Arguments of these types, with the account first.
    package static func arguments(of types: [Substring], account: UUIDBytes) throws -> Arguments {
        var arguments = Arguments()
        for (index, type) in types.enumerated() {
            switch type {
            case "uuid": arguments.append(index == 0 ? account : UUIDBytes(high: 1, low: 1))
            case "bigint": arguments.append(1)
            case "text": arguments.append("k")
            case "boolean": arguments.append(Bool?.none)
            case "bytea": arguments.append([UInt8]([1]))
            case "double precision": arguments.append(1.0)
            case "bigint[]": arguments.append([1])
            case "text[]": arguments.append([String]())
            default: throw Failure(sql: String(type))
            }
        }
        return arguments
    }
}
