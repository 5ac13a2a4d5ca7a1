import Administration
import ArgumentParser
import Identity
import JSON
import ProviderKit
import Providers
import Secrets
import Tenants

/// `steward secret seal`
struct SecretSeal: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seal",
        abstract: "Seal a provider's API key for a tenant's file. Prints the reference, and nothing else.",
        discussion: """
            The key is read from standard input. The reference is only valid for this tenant, this provider and this \
            master key, so it can be part of a file that is committed.

            Example: steward secret seal acme openrouter --master-key /etc/steward/master < key
            """)

    @Argument(help: "The tenant.")
    var tenant: TenantID

    @Argument(help: "The provider whose section will contain the reference.")
    var provider: String

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let workspace = try shared.workspace()
        guard ProviderRegistry.standard[provider] != nil else { throw CommandError.unknownProvider(provider) }
        let file = try workspace.requiredMasterFile()
        let secret = Secret(utf8: try FileInput.standardInput("the secret", limit: 64 << 10))
        let sealed = try changing {
            try workspace.administration.seal(secret, provider: provider, tenant: tenant, file: file)
        }
        try shared.show(
            [
                "reference": .string(sealed.reference), "tenant": .string(tenant.rawValue),
                "provider": .string(provider), "master_key": .string(sealed.masterKeyID),
            ], people: sealed.reference + "\n")
        if !shared.json {
            StandardError.write(
                "Put it into \(workspace.administration.paths.file(tenant)) as providers.\(provider).api_key.\n")
        }
    }
}
