import Administration
import ArgumentParser
import Files
import Foundation
import Identity
import SQLiteStore
import TodoStore

/// `steward backup`
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Back up the data of all users to a folder, while the server runs.",
        discussion: """
            Copies only the users that have changed since the last backup to the same folder. Each copy is checked
            before it replaces the previous one. An interrupted backup can be continued. Copies of deleted users are
            removed. Only the owner of the folder can read it.

            Example: steward backup /var/backups/steward
            """)

    @Argument(help: ArgumentHelp("The folder, which is created if it is missing.", valueName: "dir"))
    var folder: String

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let workspace = try shared.workspace()
        // Folders beside those of tenants would be treated as tenants.
        guard !Self.isFolder(folder, within: workspace.dataFolder) else {
            throw CommandError(
                "\(folder) is in the data folder", advice: "Choose a folder that is only used for backups.")
        }
        let backup = try BackupFolder.opened(folder)
        let report = try await reportingStoreErrors {
            try await workspace.withUserData { data in
                var run = BackupRun(data: data, backup: backup)
                return try await run.everything()
            }
        }
        try report.show(shared)
    }

    /// Compares the paths after resolving links.
    private static func isFolder(_ folder: String, within other: String) -> Bool {
        guard
            var path = resolved(folder)
                ?? resolved(URL(filePath: folder).deletingLastPathComponent().path(percentEncoded: false)),
            let other = resolved(other)
        else { return false }
        path += path.hasSuffix("/") ? "" : "/"
        return path.hasPrefix(other + "/")
    }

    /// Returns nil when the path does not exist.
    private static func resolved(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}

extension BackupFolder {
    /// - Throws: `CommandError` when it is in use or cannot be used.
    static func opened(_ path: String) throws -> BackupFolder {
        do throws(DataLockError) {
            return try BackupFolder(path: path)
        } catch {
            throw CommandError(
                error.description,
                advice: "Choose a folder that is only used for backups, and wait for a running backup.")
        }
    }
}
