import ArgumentParser
import JSON
import ProviderKit
import Providers

/// `steward provider list`
struct ProviderList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the providers.", discussion: "Example: steward provider list")

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let descriptors = ProviderRegistry.standard.descriptors
        var table = Table("ID", "NAME", "DEFAULT MODEL", "KEY", "SUMMARY")
        for descriptor in descriptors {
            table.add(
                descriptor.id, descriptor.name, descriptor.defaultModel ?? "",
                descriptor.needsAPIKey ? "needed" : "none",
                descriptor.summary)
        }
        try shared.show(.array(descriptors.map(\.json)), people: table.text)
    }
}
