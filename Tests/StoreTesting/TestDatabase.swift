import EventLoops
import Foundation
package import Postgres
import PostgresStore
import Synchronization

/// A database of one test, copied from a template with the schema.
package struct TestDatabase: Sendable {
    package let name: String
    /// The folder of the server's socket.
    package let folder: String
    /// As the server of the product is connected, and as one who may do everything.
    package var app: PostgresConfiguration { configuration(user: "steward_app") }
    package var superuser: PostgresConfiguration { configuration(user: "postgres") }

    private func configuration(user: String) -> PostgresConfiguration {
        PostgresConfiguration(hosts: [.socket(folder: folder, port: 5432)], database: name, user: user)
    }

    private static let template = Mutex<Result<String, any Error>?>(nil)

    /// Makes a database with the schema, once for the process.
    private static func makeTemplate() throws -> String {
        let template = TestDatabase(name: "template_\(getpid())", folder: try TestServer.shared.get().folder)
        try psql("postgres", "CREATE DATABASE \(template.name)")
        let connection = try PostgresConnection(template.superuser, deadline: .now + .seconds(10))
        try PostgresSchema.migrate(connection, by: .now + .seconds(30))
        connection.close()
        return template.name
    }

    private static func make() throws -> TestDatabase {
        let name = "test_\(UInt64.random(in: 0...UInt64.max))"
        // One after the other, as a template can be copied once at a time.
        try template.withLock { template in
            let result = template ?? Result { try makeTemplate() }
            template = result
            try psql("postgres", "CREATE DATABASE \(name) TEMPLATE \(try result.get())")
        }
        return TestDatabase(name: name, folder: try TestServer.shared.get().folder)
    }

    /// Lends a new database, which is dropped afterwards.
    package static func with<T: Sendable>(_ body: (TestDatabase) async throws -> T) async throws -> T {
        try await databases.withPermit {
            let database = try make()
            let result: Result<T, any Error>
            do {
                result = .success(try await body(database))
            } catch {
                result = .failure(error)
            }
            try psql("postgres", "DROP DATABASE \(database.name) WITH (FORCE)")
            return try result.get()
        }
    }

    /// Enough to keep two cores busy; all tests at once would wait for each other for longer than a request may.
    private static let databases = AsyncSemaphore(permits: 4)

    @discardableResult
    package static func psql(_ database: String, _ sql: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/psql")
        process.arguments = [
            "-h", try TestServer.shared.get().folder, "-U", "postgres", "-qAtX", "-v", "ON_ERROR_STOP=1", "-f", "-",
            database,
        ]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        input.fileHandleForWriting.write(Data(sql.utf8))
        try input.fileHandleForWriting.close()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(sql: sql) }
        return text
    }

    package struct Failure: Error { let sql: String }

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
    package func parameterTypes(of statements: [Statement]) throws -> [String: [Substring]] {
        let preparations = statements.map { "PREPARE \"\($0.name)\" AS \($0.sql.description);\n" }.joined()
        let text = try Self.psql(
            name,
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
