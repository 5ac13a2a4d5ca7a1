import Foundation
import JSON
import StoreTesting
import TestSupport

/// A tenants folder and a `stores.yaml`, for real servers that share the database of a test: each a node.
struct DatabaseSite {
    /// A running server.
    struct Node {
        let process: ChildProcess
        let socket: String

        /// Sends one request as nginx does.
        func callAsFunction(
            _ method: String, _ path: String, token: String = "", headers: [(String, String)] = [], body: String = ""
        ) async throws -> FastCGIAnswer {
            try await FastCGIClient.withConnection(unixPath: socket) { client in
                try await client.execute(
                    method, path,
                    headers: [("Authorization", "Bearer \(token)"), ("Content-Type", "application/json")] + headers,
                    body: body)
            }
        }

        /// The file names of the libraries that the process has loaded.
        func maps() throws -> String {
            try String(contentsOfFile: "/proc/\(process.processID)/maps", encoding: .utf8)
        }
    }

    /// The error for a server that ended by itself.
    struct Stopped: Error { let log: String }

    let folder: TemporaryFolder
    let database: TestDatabase

    /// Two tenants: acme in the database, globex in the data folder of each node.
    static func run(_ body: (DatabaseSite) async throws -> Void) async throws {
        try await TestDatabase.with { database in
            try await TemporaryFolder.with { folder in
                try folder.write("provider: offline\n", to: "tenants/acme/tenant.yaml")
                try folder.write("provider: offline\nstore: local\n", to: "tenants/globex/tenant.yaml")
                let site = DatabaseSite(folder: folder, database: database)
                try site.writeStores(host: database.server.folder)
                for tenant in ["acme", "globex"] { _ = try await site.steward("key", "create", tenant) }
                try await body(site)
            }
        }
    }

    func writeStores(host: String) throws {
        try folder.write(
            """
            default: main
            stores:
              local: {engine: sqlite}
              main: {engine: postgresql, hosts: ["\(host)"], database: \(database.name), connections: 4, lease: 2s}

            """, to: "stores.yaml")
    }

    func steward(_ arguments: String...) async throws -> CommandResult {
        try await StewardProgram.run(arguments, directory: folder.path)
    }

    func token(_ tenant: String, _ user: String) async throws -> String {
        try await steward("token", "issue", tenant, user).line
    }

    /// Runs a server with a data folder of its own while `body` runs.
    func node(
        _ name: String, environment: [String: String] = [:], _ body: (Node) async throws -> Void
    ) async throws {
        let socket = folder["\(name).sock"]
        try await ChildProcess.run(
            StewardProgram.path, ["serve", "--fastcgi", "unix:\(socket)", "--data", folder["data-\(name)"]],
            environment: environment, directory: folder.path, output: folder["\(name).out"],
            errors: folder["\(name).log"]
        ) { process in
            let node = Node(process: process, socket: socket)
            try await eventually("\(name) is ready") {
                guard process.ending == nil else { throw Stopped(log: log(name)) }
                guard FileManager.default.fileExists(atPath: socket) else { return false }
                return (try? await node("GET", "/readyz").status) == 200
            }
            try await body(node)
        }
    }

    /// The output of a node so far.
    func log(_ name: String) -> String { folder.text(of: "\(name).out") + folder.text(of: "\(name).log") }
}

extension FastCGIAnswer {
    /// The body as JSON; null when it is not JSON.
    var json: JSONValue { (try? JSONParser.parse(text)) ?? .null }

    /// The titles of a list of tasks.
    var titles: [String] { (json["items"]?.array ?? []).compactMap { $0["title"]?.string }.sorted() }
}
