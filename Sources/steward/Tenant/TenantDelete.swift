import Administration
import ArgumentParser
import Foundation
import Identity
import JSON
import Tenants
import TodoStore

/// `steward tenant delete`
struct TenantDelete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a tenant with its keys; its users' data is kept unless --purge is given.",
        discussion: """
            Asks for the tenant's id again, unless --yes is given. Works with a running server, which continues to serve
            the other tenants, and without one. Run the same command again to finish an interrupted deletion.

            Example: steward tenant delete acme --yes
            """)

    @Argument(help: "The tenant.")
    var id: TenantID

    @Flag(help: "Do not ask for confirmation.")
    var yes = false

    @Flag(help: "Also delete its users' data permanently.")
    var purge = false

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let workspace = try shared.workspace()
        try confirm(workspace)
        let data = "\(workspace.dataFolder)/\(id)"
        if purge { try await removeData(workspace, data) }
        // The data can be all that was left of a tenant.
        if !purge || workspace.administration.hasRemains(of: id) {
            try await workspace.change { try $0.delete(id, isPurged: purge) }
        }
        let kept = !purge && FileManager.default.fileExists(atPath: data)
        try shared.show(
            ["id": .string(id.rawValue), "data": kept ? .string(data) : .null],
            people: "The tenant \(id) is deleted.\n" + (kept ? "Its users' data is still in \(data).\n" : ""))
    }

    /// Deletes the data before the tenant, so that the same command can continue an interrupted deletion.
    private func removeData(_ workspace: Workspace, _ data: String) async throws {
        let hasData = FileManager.default.fileExists(atPath: data)
        guard hasData || workspace.administration.hasRemains(of: id) else {
            throw CommandError(TenantAdministrationError.noTenant(id))
        }
        // Users are refused from now on, also by a server that starts before the deletion is complete.
        if FileManager.default.fileExists(atPath: TenantPaths(root: workspace.tenantsFolder).folder(id)) {
            try await workspace.change { try $0.disable(id) }
        }
        guard FileManager.default.fileExists(atPath: workspace.dataFolder) else { return }
        try changing { try workspace.administration.record(.purgeTenant, id, [:]) }
        do {
            try await reportingStoreErrors { try await workspace.withUserData { try await $0.purge(id) } }
        } catch {
            try? workspace.administration.record(.purgeTenant, id, [:], outcome: .failed)
            throw error
        }
    }

    private func confirm(_ workspace: Workspace) throws {
        guard !yes else { return }
        guard isatty(STDIN_FILENO) == 1 else {
            throw CommandError(
                "deleting a tenant requires a confirmation", advice: "Add --yes to confirm without a terminal.")
        }
        StandardError.write(
            "This deletes the tenant \(id) with its keys\(purge ? " and all its users' data, permanently" : "").\n"
                + "Type the tenant's id to continue: ")
        guard readLine() == id.rawValue else { throw CommandError("the answer is not \(id): nothing was deleted") }
    }
}
