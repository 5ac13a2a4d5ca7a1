internal import Foundation
package import Identity
internal import Tokens

/// What commands that were killed have left in the tenants folder: files that were to be renamed over others, and folders
/// of tenants that were to come or to go. Each may hold a secret.
struct Leftovers {
    /// No command needs what it writes beside a file for so long.
    static let patience = 60

    private let paths: TenantPaths
    /// Seconds since 1970.
    private let now: Int

    init(paths: TenantPaths, now: Int) {
        self.paths = paths
        self.now = now
    }

    /// The paths of those of one tenant that are older than a minute.
    func paths(of tenant: TenantID) -> [String] {
        let beside = folders { $0 == tenant.rawValue }
        let within = [paths.folder(tenant), paths.keys(tenant)].flatMap { folder in
            names(in: folder).filter { Self.original($0) != nil }.map { "\(folder)/\($0)" }
        }
        return beside + within.filter(isOld)
    }

    /// The same of tenants that are not there, or not any more.
    func pathsWithoutTenant() -> [String] {
        folders { name in TenantID(name).map { FileStamp(paths.folder($0)) == nil } ?? false }
    }

    private func folders(of isMeant: (String) -> Bool) -> [String] {
        names(in: paths.root).filter { Self.original($0).map(isMeant) ?? false }.map { "\(paths.root)/\($0)" }
            .filter(isOld)
    }

    private func isOld(_ path: String) -> Bool {
        FileStamp(link: path).map { $0.modifiedAt <= now - Self.patience } ?? false
    }

    func remove(of tenant: TenantID) {
        // One that cannot be removed is named by `tenant check` again.
        for path in paths(of: tenant) { try? FileManager.default.removeItem(atPath: path) }
    }

    private func names(in folder: String) -> [String] {
        (try? FolderListing.names(in: folder, hidden: true)) ?? []
    }

    /// The name beside which `FileWriter.temporary` made this one; nil for every other name.
    private static func original(_ name: String) -> String? {
        guard name.hasPrefix("."), let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
        let digits = name[name.index(after: dot)...].utf8
        let original = name[..<dot].dropFirst()
        guard digits.count == FileWriter.randomDigits, digits.allSatisfy(isHex), !original.isEmpty else { return nil }
        return String(original)
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}

extension TenantAdministration {
    /// Names what commands that were killed have left behind; the next change of the tenant removes it.
    package func leftovers(of tenant: TenantID) -> [TenantProblem] {
        Leftovers(paths: paths, now: now().seconds).paths(of: tenant).map { path in
            TenantProblem(
                file: path,
                message: "was left behind by a command that was killed, and may hold a secret; "
                    + "the next change of this tenant removes it")
        }
    }

    /// The same of tenants that are not there: of a deletion that was killed, say.
    package func leftoversWithoutTenant() -> [TenantProblem] {
        Leftovers(paths: paths, now: now().seconds).pathsWithoutTenant().map { path in
            TenantProblem(
                file: path, message: "was left behind by a command that was killed, and may hold a secret; remove it")
        }
    }

    /// Removes them.
    func removeLeftovers(of tenant: TenantID) { Leftovers(paths: paths, now: now().seconds).remove(of: tenant) }
}
