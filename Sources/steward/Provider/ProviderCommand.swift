import ArgumentParser

/// `steward provider …`
struct ProviderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "provider", abstract: "Look at the providers that tenants can choose from, and try them.",
        subcommands: [ProviderList.self, ProviderShow.self, ProviderCheck.self, ProviderModels.self])
}
