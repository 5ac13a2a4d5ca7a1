import Administration
import ArgumentParser
import Identity
import JSON
import ProviderKit
import Secrets
import Tenants
import Time
import Tokens

/// `steward token issue`
struct TokenIssue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue", abstract: "Issue a token for a user. Prints the token, and nothing else.",
        discussion: "Example: TOKEN=$(steward token issue acme alice --ttl 8h --scope \"chat tasks:read\")")

    @Argument(help: "The tenant.")
    var tenant: TenantID

    @Argument(help: "The user: 1 to 128 of A-Z a-z 0-9 . _ ~ @ | : + = -")
    var user: UserID

    @Option(help: "The lifetime of the token: 30m, 8h, 7d.")
    var ttl = DurationArgument(.seconds(3600))

    @Option(help: "The scopes of the token: \(TokenScopes.names.joined(separator: ", ")). (default: all)")
    var scope: TokenScopes?

    @Option(help: "The id (jti) of the token, for its revocation. (default: random)")
    var jti: String?

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let workspace = try shared.workspace()
        let snapshot = try await workspace.tenants()
        let record = try snapshot.record(tenant)
        guard let key = record.signer(at: .now) else {
            throw CommandError(
                "\(tenant) has no active signing key", advice: "Create one with `steward key create \(tenant)`.")
        }
        let issued: TokenIssuer.IssuedToken
        do throws(TokenIssuer.Failure) {
            issued = try TokenIssuer.issue(
                user: user, key: key, lifetime: ttl.duration, scopes: scope, tokenID: jti, keys: snapshot, now: .now)
        } catch {
            throw CommandError(error.description, advice: Self.advice(error, tenant))
        }
        try changing { try workspace.administration.recordToken(issued, user: user, key: key) }
        if case .ready = record.state {
        } else {
            StandardError.write(
                "Note: the tenant \(tenant) is not available; see `steward tenant check \(tenant)`.\n")
        }
        let token = issued.token.revealed()
        try shared.show(
            [
                "token": .string(token), "tenant": .string(tenant.rawValue), "user": .string(user.rawValue),
                "kid": .string(key.kid.rawValue), "jti": .string(issued.tokenID),
                "exp": .integer(issued.expiresAt.seconds),
            ], people: token + "\n")
    }

    private static func advice(_ failure: TokenIssuer.Failure, _ tenant: TenantID) -> String {
        switch failure {
        case .lifetime(let longest): "Choose a --ttl of at most \(longest.unitText)."
        case .tokenID: "Choose another --jti, or omit it."
        case .keyDoesNotSign: "Create a key with `steward key create \(tenant)`."
        case .cryptography: "Check the OpenSSL of this machine."
        }
    }
}
