import CSpawn
import Foundation
import Synchronization

/// A process that ends with a closure; its output goes to files.
package struct ChildProcess: Sendable {
    /// The end of a process.
    package enum Ending: Sendable, Equatable {
        case exited(Int32)
        case signalled(Int32)
    }

    /// The error for a missing program.
    package struct ProgramMissing: Error {
        let name: String
    }

    /// The end of a process, collected once.
    private final class Status: Sendable {
        let ending = Mutex<Ending?>(nil)
    }

    /// The error for a program that could not be started, with its `errno`.
    package struct StartFailed: Error {
        let name: String
        let code: Int32
    }

    package let processID: Int32
    private let name: String
    private let status = Status()

    /// Runs a program while `body` runs, then ends it with SIGTERM or, if that fails, SIGKILL.
    ///
    /// - Parameters:
    ///   - environment: The environment, instead of this process's, which may contain the tester's settings and keys.
    ///   - output: The file for standard output; standard error goes to `errors`.
    package static func run<Result>(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], directory: String,
        input: String? = nil, output: String, errors: String,
        _ body: (ChildProcess) async throws -> Result
    ) async throws -> Result {
        let child = try start(
            program, arguments, environment: environment, directory: directory, input: input, output: output,
            errors: errors)
        do {
            let result = try await body(child)
            await child.end()
            return result
        } catch {
            await child.end()
            throw error
        }
    }

    /// Starts a program that ends by itself with this process, such as when its standard input ends.
    static func start(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], directory: String,
        input: String? = nil, output: String, errors: String
    ) throws -> ChildProcess {
        let environment = ["PATH": searchPath, "LANG": "C.UTF-8"].merging(environment) { $1 }
        return ChildProcess(
            processID: try spawn(
                try path(of: program), [program] + arguments, environment.map { "\($0)=\($1)" }, directory: directory,
                files: [(input ?? "/dev/null", O_RDONLY), (output, writing), (errors, writing)]),
            name: URL(filePath: program).lastPathComponent)
    }

    private init(processID: Int32, name: String) {
        self.processID = processID
        self.name = name
    }

    /// The end of the process; nil while it runs.
    package var ending: Ending? {
        status.ending.withLock { ending in
            if let ending { return ending }
            var status: Int32 = 0
            guard waitpid(processID, &status, WNOHANG) == processID else { return nil }
            let signal = status & 0x7f
            ending = signal == 0 ? .exited(status >> 8 & 0xff) : .signalled(signal)
            return ending
        }
    }

    package func signal(_ number: Int32) {
        // The id is not used again before the end was collected.
        if ending == nil { kill(processID, number) }
    }

    /// Waits until the process ends on its own.
    package func end(within limit: Duration) async throws -> Ending {
        try await eventually("the end of \(name)", within: limit) {
            ending != nil
        }
        return ending ?? .exited(0)
    }

    /// A separate task, awaited here, is not cancelled with the test, so that no process is left behind.
    private func end() async {
        await Task {
            signal(SIGTERM)
            _ = try? await end(within: .seconds(15))
            signal(SIGKILL)
            _ = try? await end(within: .seconds(5))
        }.value
    }

    private static let writing = O_WRONLY | O_CREAT | O_TRUNC

    /// Starts a program in a process group of its own, with three open files and the default signals.
    ///
    /// Foundation's `Process` waits by select(2) and crashes in a process with more than 1,024 descriptors, as that of the
    /// tests may have.
    private static func spawn(
        _ path: String, _ arguments: [String], _ environment: [String], directory: String,
        files: [(path: String, flags: Int32)]
    ) throws -> Int32 {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        // The files are named from this process's folder, and so opened before the change of folder.
        for (number, file) in files.enumerated() {
            posix_spawn_file_actions_addopen(&actions, Int32(number), file.path, file.flags, 0o600)
        }
        posix_spawn_file_actions_addclosefrom_np(&actions, Int32(files.count))
        posix_spawn_file_actions_addchdir_np(&actions, directory)
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var processID: pid_t = 0
        let pointers = (arguments + environment).map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        let code = posix_spawn(
            &processID, path, &actions, &attributes, pointers.prefix(arguments.count) + [nil],
            pointers.suffix(environment.count) + [nil])
        guard code == 0 else { throw StartFailed(name: path, code: code) }
        return processID
    }

    private static let searchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    private static func path(of program: String) throws -> String {
        if program.contains("/") { return program }
        for folder in searchPath.split(separator: ":") where access("\(folder)/\(program)", X_OK) == 0 {
            return "\(folder)/\(program)"
        }
        throw ProgramMissing(name: program)
    }
}
