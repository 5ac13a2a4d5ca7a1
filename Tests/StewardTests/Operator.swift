import JSON
import TestSupport

/// An operator who runs commands in a private folder.
struct Operator {
    let folder: TemporaryFolder

    static func with(_ body: (Operator) async throws -> Void) async throws {
        try await TemporaryFolder.with { try await body(Operator(folder: $0)) }
    }

    /// Runs the real program to its end.
    func callAsFunction(
        _ arguments: String..., environment: [String: String] = [:], input: String = ""
    ) async throws -> CommandResult {
        try await StewardProgram.run(arguments, environment: environment, directory: folder.path, input: input)
    }
}

extension CommandResult {
    /// The output as JSON; null when it is not JSON.
    var json: JSONValue { (try? JSONParser.parse(output)) ?? .null }
}
