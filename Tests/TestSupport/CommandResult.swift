package import JSON

/// The output and the end of a command.
package struct CommandResult: Sendable, Equatable {
    package let ending: ChildProcess.Ending
    package let output: String
    package let errors: String

    package var succeeded: Bool { ending == .exited(0) }

    /// The only line of the output.
    package var line: String { output.hasSuffix("\n") ? String(output.dropLast()) : output }

    /// The output as JSON; null when it is not JSON.
    package var json: JSONValue { (try? JSONParser.parse(output)) ?? .null }

    /// Runs a command to its end, in a private folder unless one is given.
    package static func of(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], directory: String? = nil,
        input: String = "", within limit: Duration = .seconds(60)
    ) async throws -> CommandResult {
        try await TemporaryFolder.with { folder in
            try folder.write(input, to: "input")
            return try await ChildProcess.run(
                program, arguments, environment: environment, directory: directory ?? folder.path,
                input: folder["input"], output: folder["output"], errors: folder["errors"]
            ) { child in
                let ending = try await child.end(within: limit)
                return CommandResult(
                    ending: ending, output: folder.text(of: "output"), errors: folder.text(of: "errors"))
            }
        }
    }
}
