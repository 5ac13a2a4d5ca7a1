import Foundation

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

    private let process: Process

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

    /// The end of the process; nil while it runs.
    package var ending: Ending? {
        guard !process.isRunning else { return nil }
        return process.terminationReason == .exit
            ? .exited(process.terminationStatus) : .signalled(process.terminationStatus)
    }

    package func signal(_ number: Int32) {
        if process.isRunning { kill(process.processIdentifier, number) }
    }

    /// Waits until the process ends on its own.
    package func end(within limit: Duration) async throws -> Ending {
        try await eventually("the end of \(process.executableURL?.lastPathComponent ?? "a process")", within: limit) {
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

    private static let searchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    private static func path(of program: String) throws -> String {
        if program.contains("/") { return program }
        for folder in searchPath.split(separator: ":") where access("\(folder)/\(program)", X_OK) == 0 {
            return "\(folder)/\(program)"
        }
        throw ProgramMissing(name: program)
    }
}
