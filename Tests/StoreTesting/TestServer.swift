import Foundation
import Synchronization

/// A PostgreSQL server for the tests of this process, in a temporary folder, on a unix socket only.
///
/// It is started when the first test asks for it, and ends with the process, however that ends.
package struct TestServer: Sendable {
    /// The folder of its socket.
    package let folder: String

    package struct Failure: Error {
        package let reason: String
    }

    /// The server of this process, or the one whose socket is in the folder `STEWARD_TEST_POSTGRES`.
    package static let shared = Result {
        if let folder = ProcessInfo.processInfo.environment["STEWARD_TEST_POSTGRES"] {
            return TestServer(folder: folder)
        }
        return try start()
    }

    private static let folders = Mutex<String?>(nil)

    private static func start() throws -> TestServer {
        // Short, because the path of a unix socket has at most 107 bytes.
        let folder = "/tmp/steward-pg-" + String(UInt64.random(in: 0...UInt64.max), radix: 36)
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
        let programs = try programs()
        // The server refuses to run as root.
        var user: [String] = []
        if getuid() == 0 {
            guard let entry = getpwnam("postgres")?.pointee, chown(folder, entry.pw_uid, entry.pw_gid) == 0 else {
                throw Failure(reason: "there is no user postgres")
            }
            user = ["--reuid=postgres", "--regid=postgres", "--init-groups"]
        }
        let data = folder + "/data"
        try finish(
            launch(
                user + [
                    programs + "/initdb", "-D", data, "-U", "postgres", "-A", "trust", "--locale=C", "-E", "UTF8", "-N",
                ]))
        let server =
            user + [
                // The kernel ends the server with this process.
                "--pdeathsig", "QUIT", programs + "/postgres", "-D", data, "-c", "listen_addresses=", "-c",
                "unix_socket_directories=\(folder)", "-c", "fsync=off", "-c", "full_page_writes=off", "-c",
                "synchronous_commit=off", "-c", "max_connections=200",
            ]
        folders.withLock { $0 = folder }
        atexit {
            if let folder = TestServer.folders.withLock(\.self) { try? FileManager.default.removeItem(atPath: folder) }
        }
        // "This process" is the thread that started the server: it must not end before.
        Thread.detachNewThread { if let process = try? launch(server) { process.waitUntilExit() } }
        for _ in 1...300 {
            let check = try launch([programs + "/pg_isready", "-q", "-h", folder])
            check.waitUntilExit()
            if check.terminationStatus == 0 { return TestServer(folder: folder) }
            Thread.sleep(forTimeInterval: 0.1)
        }
        throw Failure(reason: "the server did not start")
    }

    /// The folder with the programs of the newest installed version.
    private static func programs() throws -> String {
        let root = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        guard let newest = versions.compactMap({ Int($0) }).max() else {
            throw Failure(reason: "no PostgreSQL is installed (postgresql-15)")
        }
        return "\(root)/\(newest)/bin"
    }

    private static func launch(_ arguments: [String]) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    private static func finish(_ process: Process) throws {
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(reason: "initdb failed") }
    }
}
