internal import Foundation
package import Identity
package import JSON
internal import ProviderKit
package import Tokens

/// What operators do to the tenants folder. Every change is one rename or one append: a running server sees it whole; and
/// each is in the tenant's audit log.
package struct TenantAdministration: Sendable {
    package typealias Failure = TenantAdministrationError

    package let paths: TenantPaths

    private let actor: AuditActor
    let now: @Sendable () -> UnixTime

    /// - Parameter now: tells the age of what killed commands have left behind.
    package init(
        root: String, actor: AuditActor = .current, now: @escaping @Sendable () -> UnixTime = { .now }
    ) {
        paths = TenantPaths(root: root)
        self.actor = actor
        self.now = now
    }

    /// Made anew each time: the tenants folder, and so its owner, may only come to be.
    var writer: FileWriter { FileWriter(root: paths.root) }

    /// Makes the tenant's folder; makes the tenants folder too where it is missing.
    package func create(_ template: TenantTemplate, catalogue: ProviderCatalogue) throws(Failure) {
        let id = template.id
        let text = Array(template.text.utf8)
        let problems = TenantFile.parse(text, file: paths.file(id), catalogue: catalogue).problems
        guard problems.isEmpty else { throw .invalid(problems) }
        guard FileStamp(paths.folder(id)) == nil else { throw .tenantExists(id) }
        try wrapping(paths.root) { () throws(FileError) in
            if FileStamp(paths.root) == nil { try writer.makeFolder(paths.root, mode: 0o755) }
        }
        try recording(.createTenant, id, ["provider": .string(template.provider.id)], paths.folder(id)) {
            () throws(FileError) in
            let temporary = try FileWriter.temporary(paths.folder(id))
            try writer.makeFolder(temporary, mode: 0o755)
            do throws(FileError) {
                try writer.replace("\(temporary)/tenant.yaml", with: text, mode: 0o644)
                try writer.makeFolder("\(temporary)/keys", mode: 0o700)
                try writer.move(temporary, to: paths.folder(id))
            } catch {
                try? FileManager.default.removeItem(atPath: temporary)
                throw error
            }
        }
    }

    /// Removes the tenant's folder with its keys, or what is left of one that was cut off at that.
    /// - Parameter isPurged: whether its users' data was removed before; for the audit log.
    package func delete(_ id: TenantID, isPurged: Bool = false) throws(Failure) {
        let remains = remains(of: id)
        let isThere = FileStamp(paths.folder(id))?.isFolder == true
        guard isThere || !remains.isEmpty else { throw .noTenant(id) }
        try recording(.deleteTenant, id, ["purged": .bool(isPurged)], paths.folder(id)) { () throws(FileError) in
            var condemned = remains
            if isThere {
                // Renamed first, so that the server never sees half a tenant.
                condemned.append(try FileWriter.temporary(paths.folder(id)))
                try writer.move(paths.folder(id), to: condemned[remains.count])
            }
            for path in condemned {
                do {
                    try FileManager.default.removeItem(atPath: path)
                } catch {
                    throw .system(EIO)
                }
            }
        }
    }

    /// Whether there is a tenant, or something is left of one.
    package func hasRemains(of id: TenantID) -> Bool {
        FileStamp(paths.folder(id))?.isFolder == true || !remains(of: id).isEmpty
    }

    /// Folders that were renamed to be removed, and may hold keys.
    private func remains(of id: TenantID) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: paths.root)) ?? []
        return names.filter { $0.hasPrefix(".\(id).") }.map { "\(paths.root)/\($0)" }
            .filter { FileStamp($0)?.isFolder == true }
    }

    package func disable(_ id: TenantID) throws(Failure) {
        try requireTenant(id)
        try recording(.disableTenant, id, [:], paths.disabled(id)) { () throws(FileError) in
            try writer.replace(paths.disabled(id), with: [], mode: 0o644)
        }
    }

    /// Does nothing for a tenant that is not disabled.
    package func enable(_ id: TenantID) throws(Failure) {
        try requireTenant(id)
        guard FileStamp(paths.disabled(id)) != nil else { return }
        try recording(.enableTenant, id, [:], paths.disabled(id)) { () throws(FileError) in
            try writer.remove(paths.disabled(id))
        }
    }

    /// Writes down what is about to be done, then does it: a crash between the two leaves an entry too many, never one too
    /// few, and what cannot be written down is not done.
    func recording<R>(
        _ action: AuditAction, _ id: TenantID, _ details: JSONObject, _ path: String,
        _ change: () throws(FileError) -> R
    ) throws(Failure) -> R {
        try record(action, id, details)
        removeLeftovers(of: id)
        do throws(FileError) {
            return try change()
        } catch {
            // The disk that refused the change may refuse this as well; the change's own error says more.
            try? record(action, id, details, outcome: .failed)
            throw .file(path, error)
        }
    }

    /// Writes an entry of the tenant's audit log; a change that is made elsewhere is recorded with this alone.
    package func record(
        _ action: AuditAction, _ id: TenantID, _ details: JSONObject, outcome: AuditEntry.Outcome = .done
    ) throws(Failure) {
        let entry = AuditEntry(at: .now, actor: actor, action: action, outcome: outcome, details: details)
        try wrapping(paths.audit(id)) { () throws(FileError) in
            try AuditLog(paths: paths).append(entry, tenant: id, writer: writer)
        }
    }

    func requireTenant(_ id: TenantID) throws(Failure) {
        guard FileStamp(paths.folder(id))?.isFolder == true else { throw .noTenant(id) }
    }

    /// Says of a failure which file it was.
    func wrapping<R>(_ path: String, _ body: () throws(FileError) -> R) throws(Failure) -> R {
        do throws(FileError) {
            return try body()
        } catch {
            throw .file(path, error)
        }
    }

    func locking<R>(_ id: TenantID, _ body: () throws(Failure) -> R) throws(Failure) -> R {
        try requireTenant(id)
        return try writer.locking(paths.folder(id), else: { .file(paths.folder(id), $0) }, body)
    }
}
