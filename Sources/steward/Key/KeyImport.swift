import Administration
import ArgumentParser
import Identity
import JSON
import Secrets
import Tenants
import Time
import Tokens

/// `steward key import`
struct KeyImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Import the signing secret of a tenant's own issuer.",
        discussion: """
            The secret is read from standard input, or from a file. The key is only used for requests on which nginx \
            names the tenant: see `steward nginx --tenant`.

            Example: steward key import acme --issuer https://auth.acme.example < secret
            """)

    @Argument(help: "The tenant.")
    var tenant: TenantID

    @Option(help: "The `kid` of the issuer's tokens, if they have one.")
    var kid: KeyID?

    @Option(help: ArgumentHelp("The algorithm: HS256, HS384 or HS512.", valueName: "alg"))
    var alg = SigningAlgorithm.hs256

    @Option(help: "The encoding of the secret: utf8 (its characters are the key), base64 or hex.")
    var encoding = SecretEncoding.utf8

    @Option(help: ArgumentHelp("Read the secret from this file instead of standard input.", valueName: "file"))
    var secretFile: String?

    @Option(help: "The required `iss` of its tokens.")
    var issuer: String?

    @Option(help: "The required `aud` of its tokens.")
    var audience: String?

    @Option(help: ArgumentHelp("The claim that contains the user id. (default: sub)", valueName: "claim"))
    var userClaim: String?

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let workspace = try shared.workspace()
        let text =
            try secretFile.map { try FileInput.text(of: $0, limit: KeyFile.sizeLimit) }
            ?? FileInput.standardInput("the secret", limit: KeyFile.sizeLimit)
        guard let secret = encoding.decode(Secret(utf8: text)) else {
            throw CommandError(
                "the secret is not valid \(encoding.rawValue)", advice: "Choose its --encoding: utf8, base64 or hex."
            )
        }
        let key = try await workspace.change {
            try $0.importKey(
                .init(
                    kid: kid, algorithm: alg, secret: secret, issuer: issuer, audience: audience, userClaim: userClaim),
                tenant: tenant, now: .now)
        }
        try shared.show(
            .object(key.json),
            people: """
                Imported the key \(key.kid) of \(tenant).
                It is used where nginx names the tenant; print such a site with: steward nginx --tenant \(tenant) …

                """)
    }
}
