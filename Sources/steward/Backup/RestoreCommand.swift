import Administration
import ArgumentParser
import Foundation
import Identity
import JSON
import SQLiteStore
import Tenants
import TodoStore

/// `steward restore`
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Restore the data of all users, of one tenant or of one user from a backup.",
        discussion: """
            Data that these users stored since the backup is lost; users who are not in the backup are not changed.
            Asks for confirmation unless --yes is given.

            Examples: steward restore /var/backups/steward --yes
                      steward restore /var/backups/steward --tenant acme --user alice
            """)

    @Argument(help: ArgumentHelp("The folder of the backup.", valueName: "dir"))
    var folder: String

    @Option(help: "Only the users of this tenant.")
    var tenant: TenantID?

    @Option(help: "Only this user; requires --tenant.")
    var user: UserID?

    @Flag(help: "Do not ask for confirmation.")
    var yes = false

    @OptionGroup var shared: SharedOptions

    func validate() throws {
        if user != nil, tenant == nil { throw ValidationError("--user requires --tenant.") }
    }

    func run() async throws {
        let workspace = try shared.workspace()
        guard FileManager.default.fileExists(atPath: folder) else {
            throw CommandError("there is no folder \(folder)", advice: "Choose a folder written by `steward backup`.")
        }
        let backup = try BackupFolder.opened(folder)
        if !yes {
            try Confirmation.ask(
                "Everything that \(whom) stored since this backup will be lost.", for: "restore", named: "the word")
        }
        try workspace.makeDataFolder()
        let report = try await reportingStoreErrors {
            try await workspace.withUserData { try await restore(backup, into: $0, of: workspace) }
        }
        guard report.hasCounted || !report.problems.isEmpty else {
            throw CommandError("\(folder) contains no copy of \(whom)", advice: "Nothing was changed.")
        }
        try report.show(shared)
    }

    private var whom: String {
        switch (tenant, user) {
        case (let tenant?, let user?): "\(user) of \(tenant)"
        case (let tenant?, nil): "the users of \(tenant)"
        default: "all users"
        }
    }

    private func restore(
        _ backup: BackupFolder, into data: any UserData, of workspace: Workspace
    ) async throws -> DataReport {
        var report = DataReport("restored")
        var bar = ProgressBar()
        for tenant in try backup.tenants() where self.tenant == nil || self.tenant == tenant {
            let copies = try backup.copies(of: tenant, user: user)
            guard !copies.isEmpty else { continue }
            var details: JSONObject = ["from": .string(folder)]
            details["user"] = user.map { .string($0.rawValue) }
            try changing { try workspace.administration.record(.restoreUsers, tenant, details) }
            for (index, path) in copies.enumerated() {
                bar.show(index, of: copies.count, "of \(tenant)")
                do {
                    let copy = try backup.openCopy(path, of: tenant)
                    defer { copy.close() }
                    try await data.restore(copy)
                    report.count("restored")
                } catch let error as StoreError {
                    report.problem(of: path, error.explanation)
                } catch let error as CommandError where error.isAboutOne {
                    report.problem(of: path, error.message)
                }
            }
        }
        bar.end()
        return report
    }
}
