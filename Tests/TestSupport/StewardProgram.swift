import Foundation

/// The `steward` program built together with the tests.
package enum StewardProgram {
    /// The path of the program, next to the test runner.
    package static var path: String {
        get throws {
            let folder = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent()
            guard let path = folder?.appendingPathComponent("steward").path,
                FileManager.default.isExecutableFile(atPath: path)
            else { throw ChildProcess.ProgramMissing(name: "steward") }
            return path
        }
    }

    /// Runs a command to its end.
    package static func run(
        _ arguments: [String], environment: [String: String] = [:], directory: String? = nil, input: String = ""
    ) async throws -> CommandResult {
        try await CommandResult.of(
            path, arguments, environment: environment, directory: directory, input: input)
    }
}
