import Files
internal import Foundation
package import Identity
import Time
internal import Tokens

/// Files and folders left in the tenants folder by killed commands: files not yet renamed to their final names, and
/// folders of tenants being created or deleted. Each may contain a secret.
struct Leftovers {
    /// The age in seconds from which a temporary file is left over: no command runs that long.
    static let minimumAge = 60

    private let paths: TenantPaths
    /// The time, in seconds since 1970.
    private let now: Int

    init(paths: TenantPaths, now: Int) {
        self.paths = paths
        self.now = now
    }

    /// Returns the leftovers of one tenant that are older than a minute.
    func paths(of tenant: TenantID) -> [String] {
        let beside = folders { $0 == tenant.rawValue }
        let within = [paths.folder(tenant), paths.keys(tenant)].flatMap { folder in
            names(in: folder).filter { Self.original($0) != nil }.map { "\(folder)/\($0)" }
        }
        return beside + within.filter(isOld)
    }

    /// Returns the leftovers of tenants that do not exist.
    func pathsWithoutTenant() -> [String] {
        folders { name in TenantID(name).map { FileStamp(paths.folder($0)) == nil } ?? false }
    }

    private func folders(of isMeant: (String) -> Bool) -> [String] {
        names(in: paths.root).filter { Self.original($0).map(isMeant) ?? false }.map { "\(paths.root)/\($0)" }
            .filter(isOld)
    }

    private func isOld(_ path: String) -> Bool {
        FileStamp(link: path).map { $0.modifiedAt <= now - Self.minimumAge } ?? false
    }

    func remove(of tenant: TenantID) {
        // `tenant check` reports any that cannot be removed.
        for path in paths(of: tenant) { try? FileManager.default.removeItem(atPath: path) }
    }

    private func names(in folder: String) -> [String] {
        (try? FolderListing.names(in: folder, hidden: true)) ?? []
    }

    /// Returns the name from which `FileWriter.temporary` made this one; nil for all other names.
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
    /// Returns a problem for each leftover of killed commands. The next change of the tenant removes them.
    package func leftovers(of tenant: TenantID) -> [TenantProblem] {
        Leftovers(paths: paths, now: now().seconds).paths(of: tenant).map { path in
            TenantProblem(
                file: path,
                message: "is left over from a killed command, and may contain a secret; "
                    + "the next change of this tenant removes it")
        }
    }

    /// Returns a problem for each leftover of tenants that do not exist, such as of a killed deletion.
    package func leftoversWithoutTenant() -> [TenantProblem] {
        Leftovers(paths: paths, now: now().seconds).pathsWithoutTenant().map { path in
            TenantProblem(
                file: path, message: "is left over from a killed command, and may contain a secret; remove it")
        }
    }

    /// Removes the leftovers of a tenant.
    func removeLeftovers(of tenant: TenantID) { Leftovers(paths: paths, now: now().seconds).remove(of: tenant) }
}
