import ArgumentParser
import Foundation

/// The `steward` command.
@main
struct Steward: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "steward",
        abstract: "A multi-tenant todo assistant: the server and the commands for its operator.",
        discussion: """
            To create a tenant, its key and a token for one of its users, and run the server:
              steward tenant create acme --provider offline
              steward key create acme
              TOKEN=$(steward token issue acme alice)
              steward serve
            """,
        subcommands: [Serve.self, StatusCommand.self, NginxCommand.self],
        groupedSubcommands: [
            CommandGroup(
                name: "Tenants",
                subcommands: [
                    TenantCommand.self, KeyCommand.self, TokenCommand.self, SecretCommand.self, AuditCommand.self,
                ]),
            CommandGroup(
                name: "Data",
                subcommands: [
                    UserCommand.self, BackupCommand.self, RestoreCommand.self, VerifyCommand.self,
                ]),
            CommandGroup(name: "Providers", subcommands: [ProviderCommand.self]),
        ])

    static func main() async {
        // Files are private by default: databases, keys, sockets.
        umask(0o077)
        await main(nil)
    }
}
