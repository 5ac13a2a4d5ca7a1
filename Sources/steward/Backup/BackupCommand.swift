import ArgumentParser
import Identity
import TodoStore

/// `steward backup`
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the data of all users into a folder, while the server runs.",
        discussion: """
            Only what has changed since the last backup into the same folder is copied; each copy is checked before it
            takes the place of the one before. A backup that was interrupted goes on where it was. Copies of users who
            were deleted are removed. Only the owner of the folder can read it.

            Example: steward backup /var/backups/steward
            """)

    @Argument(help: ArgumentHelp("The folder; it is made when it is missing.", valueName: "dir"))
    var folder: String

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let backup = try BackupFolder.opened(folder)
        let report = try await reportingStoreErrors {
            try await shared.workspace().withUserData { data in
                var run = BackupRun(data: data, backup: backup)
                return try await run.everything()
            }
        }
        try report.show(shared)
    }
}

extension BackupFolder {
    /// - Throws: `CommandError` when it is in use or cannot be used.
    static func opened(_ path: String) throws -> BackupFolder {
        do throws(DataLockError) {
            return try BackupFolder(path: path)
        } catch {
            throw CommandError(
                error.description, advice: "Name a folder for backups alone, and wait for a backup that is running.")
        }
    }
}
