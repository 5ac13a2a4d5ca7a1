import Foundation

/// A process that lives no longer than a closure; what it prints goes into files.
package struct ChildProcess: Sendable {
    /// How a process ended.
    package enum Ending: Sendable, Equatable {
        case exited(Int32)
        case signalled(Int32)
    }

    /// The program's path and name were not found.
    package struct ProgramMissing: Error {
        let name: String
    }

    private let process: Process

    /// Runs a program for the time of `body`, then ends it: by SIGTERM, and by SIGKILL if that does not do.
    ///
    /// - Parameters:
    ///   - environment: in place of ours, which may hold settings and keys of whoever runs the tests.
    ///   - output: where standard output goes; standard error goes to `errors`.
    package static func run<Result>(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], directory: String,
        input: String? = nil, output: String, errors: String,
        _ body: (ChildProcess) async throws -> Result
    ) async throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try path(of: program))
        process.arguments = arguments
        process.environment = ["PATH": searchPath, "LANG": "C.UTF-8"].merging(environment) { $1 }
        process.currentDirectoryURL = URL(fileURLWithPath: directory)
        let handles = try [output, errors].map { path in
            _ = FileManager.default.createFile(atPath: path, contents: nil)
            return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        }
        defer { for handle in handles { try? handle.close() } }
        process.standardInput =
            try input.map { try FileHandle(forReadingFrom: URL(fileURLWithPath: $0)) } ?? .nullDevice
        process.standardOutput = handles[0]
        process.standardError = handles[1]
        try process.run()
        let child = ChildProcess(process: process)
        do {
            let result = try await body(child)
            await child.end()
            return result
        } catch {
            await child.end()
            throw error
        }
    }

    package var processID: Int32 { process.processIdentifier }

    /// Nil while it runs.
    package var ending: Ending? {
        guard !process.isRunning else { return nil }
        return process.terminationReason == .exit
            ? .exited(process.terminationStatus) : .signalled(process.terminationStatus)
    }

    package func signal(_ number: Int32) {
        if process.isRunning { kill(process.processIdentifier, number) }
    }

    /// Waits for the process to end by itself.
    package func end(within limit: Duration) async throws -> Ending {
        try await eventually("the end of \(process.executableURL?.lastPathComponent ?? "a process")", within: limit) {
            ending != nil
        }
        return ending ?? .exited(0)
    }

    /// A cancelled test must not leave a process behind: a task of its own, awaited here, is not cancelled with it.
    private func end() async {
        await Task {
            signal(SIGTERM)
            _ = try? await end(within: .seconds(15))
            signal(SIGKILL)
            _ = try? await end(within: .seconds(5))
        }.value
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
