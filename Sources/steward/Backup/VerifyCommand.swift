import Administration
import ArgumentParser
import Foundation
import Identity
import SQLiteStore
import TodoStore

/// `steward verify`
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check every page of the data of all users, or of a backup, for damage.",
        discussion: """
            Nothing is changed. Exits with 1 if there is a problem, or if a backup is empty or incomplete.

            Examples: steward verify
                      steward verify /var/backups/steward
            """)

    @Argument(help: ArgumentHelp("A backup to check instead of the data.", valueName: "dir"))
    var folder: String?

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let report = try await reportingStoreErrors {
            if let folder { return try verify(backup: folder) }
            return try await shared.workspace().withUserData { try await verify($0) }
        }
        try report.show(shared)
    }

    private func verify(_ data: any UserData) async throws -> DataReport {
        var report = DataReport("whole")
        var bar = ProgressBar()
        for tenant in try await data.tenants() {
            for problem in try await data.problems(of: tenant) { report.problem(of: "\(tenant)", problem) }
            // The list of users cannot be read, which has been reported.
            guard let entries = try? await data.users(of: tenant) else { continue }
            for (index, entry) in entries.enumerated() {
                guard let user = entry.user else { continue }
                bar.show(index, of: entries.count, "of \(tenant)")
                let problems =
                    entry.bytes == nil
                    ? ["the file is missing; restore it, or delete the user with `steward user delete`"]
                    : try await data.problems(of: Account(tenant: tenant, user: user))
                for problem in problems { report.problem(of: "\(tenant)/\(user)", problem) }
                if problems.isEmpty { report.count("whole") }
            }
        }
        bar.end()
        return report
    }

    private func verify(backup path: String) throws -> DataReport {
        guard FileManager.default.fileExists(atPath: path) else { throw CommandError("there is no folder \(path)") }
        let backup = try BackupFolder.opened(path)
        var report = DataReport("whole")
        var bar = ProgressBar()
        if backup.isIncomplete {
            report.problem(of: path, "the last backup to it did not complete; run it again")
        }
        for tenant in try backup.tenants() {
            let copies = try backup.copies(of: tenant)
            for lost in try backup.lost(of: tenant) { report.problem(of: lost, "the copy is missing") }
            for (index, path) in copies.enumerated() {
                bar.show(index, of: copies.count, "of \(tenant)")
                do throws(StoreError) {
                    let copy = try backup.openCopy(path, of: tenant)
                    defer { copy.close() }
                    try copy.check(isOf: copy.account)
                    report.count("whole")
                } catch {
                    report.problem(of: path, error.explanation)
                }
            }
        }
        bar.end()
        if !report.hasCounted, report.problems.isEmpty { report.problem(of: path, "it contains no copy of any user") }
        return report
    }
}
