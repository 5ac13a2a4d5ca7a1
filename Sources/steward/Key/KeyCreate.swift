import ArgumentParser
import Identity
import JSON
import Secrets
import Tenants
import Time
import Tokens

/// `steward key create`
struct KeyCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Create a signing key, which signs from now on.",
        discussion: "Example: steward key create acme")

    @Argument(help: "The tenant.")
    var tenant: TenantID

    @Option(help: ArgumentHelp("The algorithm: HS256, HS384 or HS512.", valueName: "alg"))
    var alg = SigningAlgorithm.hs256

    @Flag(help: "Print the secret once, as base64url, for an external issuer.")
    var showSecret = false

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let workspace = try shared.workspace()
        let key = try await workspace.change { try $0.createKey(tenant, algorithm: alg, now: .now) }
        var json = key.json
        var text = "Created the key \(key.kid) of \(tenant).\n"
        if showSecret {
            let secret = Base64URL.encode(key.secret.revealedBytes())
            json["secret"] = .string(secret)
            text += "Secret (shown only once): \(secret)\n"
        }
        text += "Issue a token for a user with: steward token issue \(tenant) USER\n"
        try shared.show(.object(json), people: text)
    }
}
