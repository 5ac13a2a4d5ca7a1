import ArgumentParser
import Identity
import JSON
import ProviderKit
import Providers
import Tenants

/// `steward tenant show`
struct TenantShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show the effective settings of a tenant, including defaults.",
        discussion: """
            Of secrets, only the reference is shown, and whether it is set.

            Example: steward tenant show acme
            """)

    @Argument(help: "The tenant.")
    var id: TenantID

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let workspace = try shared.workspace()
        let snapshot = try await workspace.tenants()
        let record = try snapshot.record(id)
        let path = workspace.administration.paths.file(id)
        let file = TenantFile.read(path, registry: .standard).file
        let details = TenantDetails(
            record: record, file: file, problems: snapshot.problems(of: id), secrets: workspace.secrets)
        try shared.show(details.json, people: details.text)
    }
}
