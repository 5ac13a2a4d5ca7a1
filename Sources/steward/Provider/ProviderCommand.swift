import ArgumentParser

/// `steward provider …`
struct ProviderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "provider", abstract: "Look at the providers that tenants can choose from.",
        subcommands: [ProviderList.self, ProviderShow.self])
}
