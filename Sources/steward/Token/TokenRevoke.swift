import Administration
import ArgumentParser
import Identity
import JSON
import Tenants
import Time
import Tokens

/// `steward token revoke`
struct TokenRevoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Revoke a token, or all tokens of a user.",
        discussion: """
            Examples: echo "$TOKEN" | steward token revoke
                      steward token revoke --tenant acme --user alice
            """)

    @Argument(
        help: ArgumentHelp("- for standard input, from which the token is always read.", valueName: "-"))
    var source: StandardInputArgument?

    @Option(help: "With --user: the tenant of the user. With a token: the tenant that nginx assigns to the host.")
    var tenant: TenantID?

    @Option(help: "Revoke all tokens of this user that were issued before now.")
    var user: UserID?

    @OptionGroup var shared: SharedOptions

    func validate() throws {
        try StandardInputArgument.validate(source)
        if user != nil, tenant == nil { throw ValidationError("--user requires --tenant.") }
        if user != nil, source != nil { throw ValidationError("Revoke a token or a user, not both.") }
    }

    func run() async throws {
        let workspace = try shared.workspace()
        if let user, let tenant {
            try await workspace.change { try $0.revoke(.user(user, until: .now), tenant: tenant, now: .now) }
            return try shared.show(
                ["tenant": .string(tenant.rawValue), "user": .string(user.rawValue)],
                people:
                    "All tokens of \(user) of \(tenant) are revoked; a running server applies this within a second.\n")
        }
        let text = try FileInput.standardInput("the token", limit: 64 << 10)
        let token = String(text.filter { !$0.isWhitespace })
        let snapshot = try await workspace.tenants()
        let verified: VerifiedToken
        do throws(TokenError) {
            verified = try TokenVerifier(keys: snapshot).verify(token, host: tenant, now: .now)
        } catch {
            throw CommandError(
                "only a valid token can be revoked. \(error.explanation)",
                advice: "An invalid token grants no access; see `steward token inspect`.")
        }
        let account = verified.account
        let revocation = try Revocation(token, verified)
        try await workspace.change { try $0.revoke(revocation, tenant: account.tenant, now: .now) }
        try shared.show(
            ["tenant": .string(account.tenant.rawValue), "user": .string(account.user.rawValue)],
            people:
                "The token of \(account.user) of \(account.tenant) is revoked; a running server applies this within a second.\n"
        )
    }
}
