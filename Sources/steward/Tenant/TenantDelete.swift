import ArgumentParser
import Foundation
import Identity
import JSON
import Tenants
import TodoStore

/// `steward tenant delete`
struct TenantDelete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Remove a tenant with its keys; its users' data stays unless --purge.",
        discussion: """
            Asks for the tenant's id once more, unless --yes.

            Example: steward tenant delete acme --yes
            """)

    @Argument(help: "The tenant.")
    var id: TenantID

    @Flag(help: "Do not ask.")
    var yes = false

    @Flag(help: "Remove its users' data as well, for ever. The server must not be running.")
    var purge = false

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let workspace = try shared.workspace()
        try confirm(workspace)
        // Taken before anything is removed: a running server has the users' databases open.
        let lock = purge ? try lock(workspace.dataFolder) : nil
        let data = "\(workspace.dataFolder)/\(id)"
        try await workspace.change { try $0.delete(id, data: purge ? data : nil) }
        withExtendedLifetime(lock) {}
        let kept = !purge && FileManager.default.fileExists(atPath: data)
        try shared.show(
            ["id": .string(id.rawValue), "data": kept ? .string(data) : .null],
            people: "The tenant \(id) is deleted.\n" + (kept ? "Its users' data is still in \(data).\n" : ""))
    }

    private func confirm(_ workspace: Workspace) throws {
        guard !yes else { return }
        guard isatty(STDIN_FILENO) == 1 else {
            throw CommandError(
                "deleting a tenant wants to be confirmed", advice: "Add --yes where nobody can be asked.")
        }
        StandardError.write(
            "This removes the tenant \(id) and its keys\(purge ? ", and all its users' data, for ever" : "").\n"
                + "Type the tenant's id to go on: ")
        guard readLine() == id.rawValue else { throw CommandError("that is not \(id): nothing was deleted") }
    }

    private func lock(_ folder: String) throws -> DataLock? {
        guard FileManager.default.fileExists(atPath: folder) else { return nil }
        do throws(DataLockError) {
            return try DataLock(folder: folder)
        } catch {
            throw CommandError(
                error.description, advice: "Stop the server first, or delete the tenant without --purge.")
        }
    }
}
