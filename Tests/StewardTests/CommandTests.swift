import Foundation
import JSON
import TestSupport
import Testing

/// The commands as an operator runs them: the real program in a folder of its own.
@Suite struct CommandTests {
    private let folder: TemporaryFolder

    private func run(_ arguments: String..., environment: [String: String] = [:], input: String = "") async throws
        -> CommandResult
    {
        try await StewardProgram.run(arguments, environment: environment, directory: folder.path, input: input)
    }

    private static func with(_ body: (CommandTests) async throws -> Void) async throws {
        try await TemporaryFolder.with { try await body(CommandTests(folder: $0)) }
    }

    init() { folder = TemporaryFolder.current }

    private init(folder: TemporaryFolder) { self.folder = folder }
}
