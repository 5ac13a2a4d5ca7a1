import ArgumentParser

/// `steward provider …`
struct ProviderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "provider", abstract: "Show and check the available providers.",
        subcommands: [ProviderList.self, ProviderShow.self, ProviderCheck.self, ProviderModels.self])
}
