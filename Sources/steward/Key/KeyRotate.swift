import ArgumentParser
import Identity
import JSON
import Tenants
import Time
import Tokens

/// `steward key rotate`
struct KeyRotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Create a new signing key, and let the old ones expire.",
        discussion: """
            Existing tokens stay valid for the grace period; new ones are signed with the new key.

            Example: steward key rotate acme --grace 24h
            """)

    @Argument(help: "The tenant.")
    var tenant: TenantID

    @Option(help: "The time until the old keys expire. (default: the maximum lifetime of the tenant's tokens)")
    var grace: DurationArgument?

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let workspace = try shared.workspace()
        let snapshot = try await workspace.tenants()
        _ = try snapshot.record(tenant)
        let grace = grace?.duration ?? snapshot.maxTokenLife(of: tenant)
        let key = try await workspace.change { try $0.rotateKeys(tenant, grace: grace, now: .now) }
        try shared.show(
            .object(key.json),
            people: "The key \(key.kid) signs for \(tenant) from now on; older keys expire in \(grace.unitText).\n")
    }
}
