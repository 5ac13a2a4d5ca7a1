import Foundation
import Synchronization
import TestSupport

/// A running server with the tenants of an attack: `mallory`, whose provider is scripted, `loner` on Offline, and `quiet`.
struct Site: Sendable {
    let socket: String
    let process: ChildProcess
    private let tenants: TemporaryTenants
    private let answers = Answers()

    private final class Answers: Sendable {
        let counts = Mutex<[Int: Int]>([:])
        let tokens = Mutex<[String: String]>([:])
    }

    /// The number of the attackers' answers by status; 0 counts connections that ended without one.
    var answerCounts: [Int: Int] { answers.counts.withLock { $0 } }

    func note(_ status: Int) { answers.counts.withLock { $0[status, default: 0] += 1 } }

    /// Runs a server with a page of tasks, its users and tenants. 200 other tenants with an allowed origin each would
    /// make it slow to compare a stranger's request with them one by one.
    static func run<Result>(program: String, upstream: String, _ body: (Site) async throws -> Result) async throws
        -> Result
    {
        let limits = "limits: {chats_per_minute: 100000, concurrent_chats: 100, database: 4GB, tasks: 1000000}\n"
        var files = [
            "quiet": "provider: offline\n",
            "loner": "provider: offline\n" + limits,
            "mallory": """
            provider: openai-compatible
            providers:
              openai-compatible: {model: m, base_url: "\(upstream)/v1", allow_private: true}
            \(limits)
            """,
        ]
        for number in 1...200 {
            files["crowd-\(number)"] = "provider: offline\nallowed_origins: [\"https://todo-\(number).example\"]\n"
        }
        return try await TemporaryTenants.with(files) { tenants in
            try await TemporaryFolder.with { folder in
                let socket = folder["steward.sock"]
                return try await ChildProcess.run(
                    program,
                    [
                        "serve", "--fastcgi", "unix:\(socket)", "--tenants", tenants.root, "--data", folder["data"],
                        "--log-level", "error",
                    ],
                    directory: folder.path, output: folder["out"], errors: folder["log"]
                ) { process in
                    try await eventually("the server is ready") { FileManager.default.fileExists(atPath: socket) }
                    let site = Site(socket: socket, process: process, tenants: tenants)
                    for number in 1...50 {
                        _ = try await site.send(
                            "POST", "/api/dana/tasks", user: "dana", of: "quiet", body: #"{"title":"Task \#(number)"}"#)
                    }
                    return try await body(site)
                }
            }
        }
    }

    /// Returns a cached token. Making one reads the files of all tenants, which would delay the quiet user's client.
    func token(_ user: String, of tenant: String) throws -> String {
        try answers.tokens.withLock { tokens in
            if let token = tokens["\(tenant)/\(user)"] { return token }
            let token = try tenants.token(user, tenant: tenant)
            tokens["\(tenant)/\(user)"] = token
            return token
        }
    }

    /// Sends one request on its own connection.
    func send(
        _ method: String, _ target: String, user: String, of tenant: String, type: String = "application/json",
        headers: [(String, String)] = [], body: String = ""
    ) async throws -> FastCGIAnswer {
        let token = try token(user, of: tenant)
        return try await FastCGIClient.withConnection(unixPath: socket) { client in
            try await client.execute(
                method, target, headers: [("Authorization", "Bearer \(token)"), ("Content-Type", type)] + headers,
                body: body)
        }
    }

    /// Sends one request as an attack: counts its answer, or the broken connection.
    func attack(
        _ method: String, _ target: String, user: String, of tenant: String, type: String = "application/json",
        headers: [(String, String)] = [], body: String = ""
    ) async {
        do {
            note(
                try await send(method, target, user: user, of: tenant, type: type, headers: headers, body: body).status)
        } catch {
            if !Task.isCancelled { note(0) }
        }
    }

    /// Sends a request without reading its answer, and holds the connection until the task is cancelled.
    func attackUnread(
        _ method: String, _ target: String, user: String, of tenant: String, type: String = "application/json",
        body: String = ""
    ) async {
        guard let token = try? token(user, of: tenant) else { return }
        try? await FastCGIClient.withConnection(unixPath: socket) { client in
            try await client.send(
                FastCGIRecords.request(
                    method, target, headers: [("Authorization", "Bearer \(token)"), ("Content-Type", type)],
                    body: Array(body.utf8)))
            try await Task.sleep(for: .seconds(600))
        }
    }

    /// The resident memory in MB; 0 when the server has ended.
    var memory: Double {
        let status = (try? String(contentsOfFile: "/proc/\(process.processID)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") } ?? ""
        return (Double(line.filter(\.isNumber)) ?? 0) / 1024
    }

    /// The user and system time so far, in seconds.
    var cpu: Double {
        let stat = (try? String(contentsOfFile: "/proc/\(process.processID)/stat", encoding: .utf8)) ?? ""
        let fields = stat.split(separator: ")").last.map { $0.split(separator: " ") } ?? []
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return 0 }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
}
