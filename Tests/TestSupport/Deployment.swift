import Foundation

/// A complete deployment: tenants with keys, the real nginx with TLS, and the real `steward serve`.
package struct Deployment: Sendable {
    /// The error of a failed operator's command.
    package struct CommandFailed: Error, CustomStringConvertible {
        package let description: String
    }

    /// The error for an event loop of the server that did not answer in time, while the machine was not busy.
    package struct LoopStalled: Error, CustomStringConvertible {
        package let description: String
    }

    package let folder: TemporaryFolder
    package let curl: Curl
    private let nginx: Nginx
    private let environment: [String: String]

    /// Limits higher than any test that sends many requests as one user.
    package static let manyRequests = "limits: {requests_per_minute: 10000000}\n"

    /// Two tenants that need no network.
    package static let offlineTenants = [
        "acme": "name: Acme GmbH\nprovider: offline\n\(manyRequests)",
        "globex": "name: Globex\nprovider: offline\n\(manyRequests)",
    ]

    /// Sets up everything except the server while `body` runs.
    ///
    /// - Parameters:
    ///   - tenants: The texts of the tenants' files by id; each tenant gets a key.
    ///   - environment: The environment of the server, with the secrets that the files refer to.
    ///   - host: The tenant that nginx names for its host.
    package static func run<Result>(
        tenants: [String: String] = offlineTenants, environment: [String: String] = [:], host: String? = nil,
        _ body: (Deployment) async throws -> Result
    ) async throws -> Result {
        try await TemporaryFolder.with { folder in
            for (id, text) in tenants {
                try folder.write(text, to: "tenants/\(id)/tenant.yaml")
                _ = try await command(["key", "create", id], in: folder)
            }
            try await Nginx.makeCertificate(in: folder)
            return try await Nginx.run(in: folder) { port in
                try await command(
                    [
                        "nginx", "--server-name", "localhost", "--certificate", folder["certificate.pem"],
                        "--certificate-key", folder["key.pem"], "--socket", folder["steward.sock"],
                        "--listen", "127.0.0.1:\(port)",
                    ] + (host.map { ["--tenant", $0] } ?? []), in: folder
                ).output
            } _: { nginx in
                let curl = Curl(port: nginx.port, certificate: folder["certificate.pem"])
                return try await body(
                    Deployment(folder: folder, curl: curl, nginx: nginx, environment: environment))
            }
        }
    }

    /// Sets up everything, with a running server.
    package static func serving<Result>(
        tenants: [String: String] = offlineTenants, environment: [String: String] = [:], host: String? = nil,
        _ body: (Deployment) async throws -> Result
    ) async throws -> Result {
        try await run(tenants: tenants, environment: environment, host: host) { site in
            try await site.serve { _ in try await body(site) }
        }
    }

    /// Runs the server while `body` runs; it can be called again afterwards.
    ///
    /// - Throws: `LoopStalled` when the server's watchdog reported an event loop that was busy or blocked too long.
    package func serve<Result>(
        _ options: [String] = [], environment extra: [String: String] = [:],
        _ body: (ChildProcess) async throws -> Result
    ) async throws -> Result {
        let result = try await run(options, environment: extra, body)
        if let stall = stalls.first { throw LoopStalled(description: String(stall)) }
        return result
    }

    private func run<Result>(
        _ options: [String], environment extra: [String: String], _ body: (ChildProcess) async throws -> Result
    ) async throws -> Result {
        let arguments = ["serve", "--fastcgi", "unix:" + folder["steward.sock"]] + options
        return try await ChildProcess.run(
            StewardProgram.path, arguments, environment: environment.merging(extra) { $1 }, directory: folder.path,
            output: folder["steward.out"], errors: folder["steward.log"]
        ) { server in
            try await eventually("steward is ready") {
                guard server.ending == nil else { throw CommandFailed(description: log) }
                return try await curl("GET", "/readyz").status == 200
            }
            return try await body(server)
        }
    }

    /// The lines in which the server reports stalled event loops, except for those without a core.
    package var stalls: [Substring] {
        log.split(separator: "\n").filter { line in
            (line.contains("an event loop stalled") || line.contains("an event loop does not answer"))
                && !line.contains("starved")
        }
    }

    /// Runs an operator's command on this deployment's folders.
    package func steward(_ arguments: String...) async throws -> CommandResult {
        try await steward(arguments)
    }

    package func steward(_ arguments: [String]) async throws -> CommandResult {
        try await StewardProgram.run(arguments, environment: environment, directory: folder.path)
    }

    /// Returns a token from `steward token issue`.
    package func token(_ tenant: String, _ user: String, _ options: String...) async throws -> String {
        try await Self.command(["token", "issue", tenant, user] + options, in: folder).line
    }

    /// The server's output so far.
    package var log: String { folder.text(of: "steward.out") + folder.text(of: "steward.log") }

    /// nginx's log so far, including the server's STDERR.
    package var nginxLog: String { nginx.errorLog }

    /// The databases of a tenant's users.
    package func databases(of tenant: String) throws -> [String] {
        let root = folder["data/\(tenant)/users"]
        let names = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".sqlite") }.map { "\(root)/\($0)" }.sorted()
    }

    private static func command(_ arguments: [String], in folder: TemporaryFolder) async throws -> CommandResult {
        let result = try await StewardProgram.run(arguments, directory: folder.path)
        guard result.succeeded else {
            throw CommandFailed(description: "\(arguments.joined(separator: " ")): \(result.errors)")
        }
        return result
    }
}
