import ArgumentParser
import Identity
import JSON
import Tenants
import Tokens

/// `steward key revoke`
struct KeyRevoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Revoke a key permanently, with every token that it signed.",
        discussion: "Example: steward key revoke acme 3kXf0Q-vd1ZbRr2s")

    @Argument(help: "The tenant.")
    var tenant: TenantID

    @Argument(help: "The key; see `steward key list`. Put -- before an id that begins with -.")
    var kid: KeyID

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        try await shared.workspace().change { try $0.revokeKey(kid, tenant: tenant) }
        try shared.show(
            ["kid": .string(kid.rawValue), "tenant": .string(tenant.rawValue), "state": "revoked"],
            people: "The key \(kid) of \(tenant) is revoked; a running server applies this within a second.\n")
    }
}

/// `steward key delete`
struct KeyDelete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Delete the file of a key, valid or not.",
        discussion: "Example: steward key delete acme 3kXf0Q-vd1ZbRr2s")

    @Argument(help: "The tenant.")
    var tenant: TenantID

    @Argument(help: "The key; see `steward key list`. Put -- before an id that begins with -.")
    var kid: KeyID

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        try await shared.workspace().change { try $0.deleteKey(kid, tenant: tenant) }
        try shared.show(
            ["kid": .string(kid.rawValue), "tenant": .string(tenant.rawValue)],
            people: "The key \(kid) of \(tenant) is deleted; the tokens that it signed are invalid.\n")
    }
}
