import Administration
import Identity
import SQLiteStore
import TodoStore

/// A backup: updates the copies to the current data.
struct BackupRun {
    let data: any UserData
    let backup: BackupFolder
    private var report = DataReport("copied", "unchanged", "removed")
    private var bar = ProgressBar()

    init(data: any UserData, backup: BackupFolder) {
        self.data = data
        self.backup = backup
    }

    /// Copies all users. A failure of one user is reported and does not stop the backup of the others.
    mutating func everything() async throws -> DataReport {
        try backup.begin()
        for tenant in try await data.tenants() {
            let entries = try await data.users(of: tenant)
            for (index, entry) in entries.enumerated() {
                bar.show(index, of: entries.count, "of \(tenant)")
                do {
                    try await copy(entry, of: tenant)
                } catch let error as StoreError {
                    report.problem(of: Self.name(entry, tenant), error.explanation)
                } catch let error as CommandError where error.isAboutOne {
                    report.problem(of: Self.name(entry, tenant), error.message)
                }
            }
            try backup.finish(tenant)
        }
        bar.end()
        if report.problems.isEmpty { try backup.complete() }
        return report
    }

    private mutating func copy(_ entry: UserEntry, of tenant: TenantID) async throws {
        guard let user = entry.user else {
            if try backup.remove(entry.hash, of: tenant) { report.count("removed") }
            return
        }
        // The user is in the index, but has no file yet.
        guard entry.bytes != nil else { return }
        guard try !backup.holds(entry.hash, of: tenant, stamp: entry.stamp) else { return report.count("unchanged") }
        let (data, account) = (data, Account(tenant: tenant, user: user))
        let bytes = try await backup.store(entry.hash, of: account) { try await data.snapshot(of: account, to: $0) }
        if bytes != nil { report.count("copied") }
    }

    private static func name(_ entry: UserEntry, _ tenant: TenantID) -> String {
        "\(tenant)/\(entry.user?.rawValue ?? entry.hash)"
    }
}
