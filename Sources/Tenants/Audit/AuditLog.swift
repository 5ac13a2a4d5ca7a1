import Files
internal import Foundation
package import Identity
internal import JSON

/// The audit logs of the tenants, `.audit/<tenant>.jsonl`: only appended to, and kept when a tenant is deleted.
package struct AuditLog: Sendable {
    private static let sizeLimit = 256 << 20

    private let paths: TenantPaths

    package init(paths: TenantPaths) { self.paths = paths }

    /// Returns all entries of a tenant, oldest first, and the numbers of invalid lines; nil when there is no log.
    package func read(
        _ tenant: TenantID
    ) throws(TenantAdministrationError) -> (entries: [AuditEntry], badLines: [Int])? {
        let path = paths.audit(tenant)
        let bytes: [UInt8]
        do {
            bytes = try FileContents(path, limit: Self.sizeLimit, followLinks: false).bytes
        } catch .missing {
            return nil
        } catch {
            throw .file(path, error)
        }
        var entries: [AuditEntry] = []
        var badLines: [Int] = []
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where !line.isEmpty {
            let limits = JSONLimits(size: 16 << 10, depth: 4, values: 256)
            if let json = try? JSONParser.parse(bytes: Array(line), limits: limits), let entry = AuditEntry(json) {
                entries.append(entry)
            } else {
                badLines.append(index + 1)
            }
        }
        return (entries, badLines)
    }

    /// Appends an entry and syncs the file.
    func append(_ entry: AuditEntry, tenant: TenantID, writer: FileWriter) throws(FileError) {
        if FileStamp(paths.auditFolder) == nil {
            do {
                try writer.makeFolder(paths.auditFolder, mode: 0o700)
            } catch .system(EEXIST) {
                // Another command created the file first.
            }
        }
        try writer.append(Array((entry.json.text + "\n").utf8), to: paths.audit(tenant), mode: 0o600)
    }
}
