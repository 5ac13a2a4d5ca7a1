import Files
internal import Foundation
package import Identity
package import JSON
package import ProviderKit
package import Time
import Tokens

/// The operator's changes to the tenants folder. Each is one rename or one append, so that a running server sees it
/// completely or not at all, and each is recorded in the tenant's audit log.
package struct TenantAdministration: Sendable {
    package typealias Failure = TenantAdministrationError

    package let paths: TenantPaths

    private let actor: AuditActor
    let now: @Sendable () -> UnixTime

    /// Creates the administration of a tenants folder.
    ///
    /// - Parameter now: The clock that determines the age of leftovers.
    package init(
        root: String, actor: AuditActor = .current, now: @escaping @Sendable () -> UnixTime = { .now }
    ) {
        paths = TenantPaths(root: root)
        self.actor = actor
        self.now = now
    }

    /// Created at each use, because the tenants folder, and thus its owner, may not exist before.
    var writer: FileWriter { FileWriter(root: paths.root) }

    /// Creates the folder of a tenant, and the tenants folder if it is missing.
    package func create(_ template: TenantTemplate, registry: ProviderRegistry) throws(Failure) {
        let id = template.id
        let text = Array(template.text.utf8)
        let problems = TenantFile.parse(text, file: paths.file(id), registry: registry).problems
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

    /// Deletes the folder of a tenant with its keys, or the rest of an interrupted deletion.
    ///
    /// - Parameter isPurged: Whether the data of its users was deleted before, for the audit log.
    package func delete(_ id: TenantID, isPurged: Bool = false) throws(Failure) {
        let remains = remains(of: id)
        let isThere = FileStamp(paths.folder(id))?.isFolder == true
        guard isThere || !remains.isEmpty else { throw .noTenant(id) }
        try recording(.deleteTenant, id, ["purged": .bool(isPurged)], paths.folder(id)) { () throws(FileError) in
            var condemned = remains
            if isThere {
                // Renamed first, so that the server never reads a partly deleted tenant.
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

    /// Returns whether the tenant or a part of it exists.
    package func hasRemains(of id: TenantID) -> Bool {
        FileStamp(paths.folder(id))?.isFolder == true || !remains(of: id).isEmpty
    }

    /// Returns the renamed folders of an interrupted deletion, which may contain keys.
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

    /// Enables a tenant; has no effect on one that is not disabled.
    package func enable(_ id: TenantID) throws(Failure) {
        try requireTenant(id)
        guard FileStamp(paths.disabled(id)) != nil else { return }
        try recording(.enableTenant, id, [:], paths.disabled(id)) { () throws(FileError) in
            try writer.remove(paths.disabled(id))
        }
    }

    /// Records a change in the audit log, then makes it. A crash between the two leaves a superfluous entry, never a
    /// missing one, and a change that cannot be recorded is not made.
    func recording<R>(
        _ action: AuditAction, _ id: TenantID, _ details: JSONObject, _ path: String,
        _ change: () throws(FileError) -> R
    ) throws(Failure) -> R {
        try record(action, id, details)
        removeLeftovers(of: id)
        do throws(FileError) {
            return try change()
        } catch {
            // A disk that refused the change may refuse this too. The error of the change is the more useful one.
            try? record(action, id, details, outcome: .failed)
            throw .file(path, error)
        }
    }

    /// Writes an entry of the tenant's audit log, also for changes that are made elsewhere.
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

    /// Runs `body` and adds the path to its errors.
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
