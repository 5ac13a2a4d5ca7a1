import ArgumentParser
import JSON

/// `steward token verify`
struct TokenVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check whether the server would accept a token. Exits with 1 if not.",
        discussion: "Example: echo \"$TOKEN\" | steward token verify --json")

    @OptionGroup var input: TokenInput
    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let token = try input.read()
        let verdict = input.judge(token, try await shared.workspace().tenants())
        try shared.show(.object(verdict.json), people: verdict.text)
        guard verdict.isGood else { throw ExitCode.failure }
    }
}
