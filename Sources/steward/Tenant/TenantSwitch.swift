import ArgumentParser
import Identity
import JSON
import Tenants

/// `steward tenant enable`
struct TenantEnable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable", abstract: "Enable a disabled tenant.",
        discussion: "Example: steward tenant enable acme")

    @Argument(help: "The tenant.")
    var id: TenantID

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        try await shared.workspace().change { try $0.enable(id) }
        try shared.show(["id": .string(id.rawValue), "disabled": false], people: "The tenant \(id) is enabled.\n")
    }
}

/// `steward tenant disable`
struct TenantDisable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable", abstract: "Disable a tenant: its users get 403 until it is enabled again.",
        discussion: "Example: steward tenant disable acme")

    @Argument(help: "The tenant.")
    var id: TenantID

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        try await shared.workspace().change { try $0.disable(id) }
        try shared.show(
            ["id": .string(id.rawValue), "disabled": true],
            people:
                "The tenant \(id) is disabled. Its data is kept; enable it again with: steward tenant enable \(id)\n")
    }
}
