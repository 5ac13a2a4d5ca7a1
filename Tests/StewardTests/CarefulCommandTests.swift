import Foundation
import TestSupport
import Testing

/// Commands whose environment is not as it should be.
@Suite struct CarefulCommandTests {
    @Test("A result that cannot be written is an error in words", arguments: [[], ["--json"]])
    func fullOutput(options: [String]) async throws {
        try await TemporaryFolder.with { folder in
            let command = ["provider", "list"] + options
            let result = try await CommandResult.of(
                "sh", ["-c", #"exec "$0" "$@" > /dev/full"#, try StewardProgram.path] + command,
                directory: folder.path)
            #expect(result.ending == .exited(1))
            #expect(result.errors.hasPrefix("Error: the result cannot be written to standard output: "), "\(result)")
            #expect(result.errors.split(separator: "\n").count == 2, "\(result)")
        }
    }

    @Test(
        "A backup into the data folder is refused, wherever links lead",
        arguments: ["data", "data/b", "link", "link/b"])
    func backupInside(folder: String) async throws {
        try await Operator.with { steward in
            let names = ["acme", "globex"]
            for name in names { try steward.folder.write("", to: "data/\(name)/x") }
            try FileManager.default.createSymbolicLink(
                atPath: steward.folder["link"], withDestinationPath: steward.folder["data"])
            let result = try await steward("backup", folder)
            #expect(result.ending == .exited(1))
            #expect(result.errors.contains("\(folder) is in the data folder"), "\(result)")
            let left = try FileManager.default.contentsOfDirectory(atPath: steward.folder["data"])
            #expect(left.sorted() == names)
            // A neighbour with the same prefix is not part of it.
            #expect(try await steward("backup", "database copies").succeeded)
        }
    }

    @Test("An export that is interrupted leaves nothing", arguments: [SIGINT, SIGTERM])
    func interruptedExport(signal: Int32) async throws {
        try await Operator.with { steward in
            // A slow server that owns the data.
            try steward.folder.write("1", to: "data/.lock")
            let lock = open(steward.folder["data/.lock"], O_RDWR)
            defer { close(lock) }
            #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
            let listener = try Self.listen(at: steward.folder["data/admin.sock"])
            defer { close(listener) }

            let arguments = ["user", "export", "acme", "alice", "--to", "my export"]
            try await ChildProcess.run(
                StewardProgram.path, arguments, directory: steward.folder.path, output: steward.folder["out"],
                errors: steward.folder["err"]
            ) { command in
                let folder = steward.folder["my export"]
                let (connection, wasThere) = await Self.accepted(by: listener) {
                    defer { command.signal(signal) }
                    return FileManager.default.fileExists(atPath: folder)
                }
                defer { close(connection) }
                #expect(connection >= 0 && wasThere)
                let ending = try await command.end(within: .seconds(30))
                #expect(ending == .signalled(signal))
            }
            #expect(!FileManager.default.fileExists(atPath: steward.folder["my export"]))
        }
    }

    /// Accepts the next connection on its own thread, and sends `body` at once, because commands time out soon.
    private static func accepted(
        by listener: Int32, _ body: @escaping @Sendable () -> Bool
    ) async -> (connection: Int32, answer: Bool) {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let connection = accept(listener, nil, nil)
                continuation.resume(returning: (connection, body()))
            }
        }
    }

    /// Creates a unix socket that accepts connections and never answers.
    private static func listen(at path: String) throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var limit = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
        let isBound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        guard isBound, Glibc.listen(descriptor, 8) == 0 else { throw CocoaError(.fileWriteUnknown) }
        return descriptor
    }
}
