import ArgumentParser
import Identity
import JSON
import Tenants

/// `steward tenant list`
struct TenantList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the tenants.",
        discussion: "Example: steward tenant list --json | jq -r '.[] | select(.state != \"ready\").id'")

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let snapshot = try await shared.workspace().tenants()
        let summaries = snapshot.ids.compactMap { snapshot.records[$0] }.map { TenantSummary($0) }
        var table = Table("ID", "NAME", "STATE", "PROVIDER", "KEYS")
        for summary in summaries {
            table.add(summary.id, summary.name, summary.state, summary.providers.joined(separator: ", "), summary.keys)
        }
        let hint = "There are no tenants yet. Create one with: steward tenant create ID\n"
        try shared.show(.array(summaries.map(\.json)), people: summaries.isEmpty ? hint : table.text)
    }
}
