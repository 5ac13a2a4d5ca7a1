import ArgumentParser

/// `steward token …`
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Issue, inspect, verify and revoke the tokens of users.",
        subcommands: [TokenIssue.self, TokenInspect.self, TokenVerify.self, TokenRevoke.self])
}
