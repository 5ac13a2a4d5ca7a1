import ArgumentParser
import Identity
import JSON
import Tenants
import Time
import Tokens

/// `steward token revoke`
struct TokenRevoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Revoke a token, or all that a user has.",
        discussion: """
            Examples: echo "$TOKEN" | steward token revoke
                      steward token revoke --tenant acme --user alice
            """)

    @Argument(
        help: ArgumentHelp("Only - for standard input, where the token is read from in any case.", valueName: "-"))
    var source: StandardInputArgument?

    @Option(help: "With --user: the tenant. With a token: the one that nginx names for its host.")
    var tenant: TenantID?

    @Option(help: "Revoke all tokens of this user that were issued until now.")
    var user: UserID?

    @OptionGroup var shared: SharedOptions

    func validate() throws {
        try StandardInputArgument.validate(source)
        if user != nil, tenant == nil { throw ValidationError("--user needs --tenant, whose user it is.") }
        if user != nil, source != nil { throw ValidationError("Revoke a token or a user, not both.") }
    }

    func run() async throws {
        let workspace = try shared.workspace()
        if let user, let tenant {
            try await workspace.change { try $0.revoke(.user(user, until: .now), tenant: tenant, now: .now) }
            return try shared.show(
                ["tenant": .string(tenant.rawValue), "user": .string(user.rawValue)],
                people: "All tokens of \(user) of \(tenant) are revoked; a running server knows within a second.\n")
        }
        let text = try FileInput.standardInput("the token", limit: 64 << 10)
        let token = String(text.filter { !$0.isWhitespace })
        let snapshot = try await workspace.tenants()
        let verified: VerifiedToken
        do throws(TokenError) {
            verified = try TokenVerifier(keys: snapshot).verify(token, host: tenant, now: .now)
        } catch {
            throw CommandError(
                "only a good token can be revoked. \(error.explanation)",
                advice: "One that is not good opens nothing; see `steward token inspect`.")
        }
        let account = verified.account
        let revocation = try Revocation(token, verified)
        try await workspace.change { try $0.revoke(revocation, tenant: account.tenant, now: .now) }
        try shared.show(
            ["tenant": .string(account.tenant.rawValue), "user": .string(account.user.rawValue)],
            people:
                "The token of \(account.user) of \(account.tenant) is revoked; a running server knows within a second.\n"
        )
    }
}
