import ArgumentParser
import Identity
import JSON
import Tenants
import Tokens

/// `steward key revoke`
struct KeyRevoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "End a key at once, and with it every token that it has signed.",
        discussion: "Example: steward key revoke acme 3kXf0Q-vd1ZbRr2s")

    @Argument(help: "The tenant.")
    var tenant: TenantID

    @Argument(help: "The key; see `steward key list`. One that begins with - goes after --.")
    var kid: KeyID

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        try await shared.workspace().change { try $0.revokeKey(kid, tenant: tenant) }
        try shared.show(
            ["kid": .string(kid.rawValue), "tenant": .string(tenant.rawValue), "state": "revoked"],
            people: "The key \(kid) of \(tenant) is revoked; a running server knows within a second.\n")
    }
}

/// `steward key delete`
struct KeyDelete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Remove a key's file, be it broken or not.",
        discussion: "Example: steward key delete acme 3kXf0Q-vd1ZbRr2s")

    @Argument(help: "The tenant.")
    var tenant: TenantID

    @Argument(help: "The key; see `steward key list`. One that begins with - goes after --.")
    var kid: KeyID

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        try await shared.workspace().change { try $0.deleteKey(kid, tenant: tenant) }
        try shared.show(
            ["kid": .string(kid.rawValue), "tenant": .string(tenant.rawValue)],
            people: "The key \(kid) of \(tenant) is deleted; nothing that it signed is good any more.\n")
    }
}
