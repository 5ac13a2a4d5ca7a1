internal import Foundation
package import Identity

/// What operators do to the tenants folder. Every change is one rename or one append: a running server sees it whole.
package struct TenantAdministration: Sendable {
    package typealias Failure = TenantAdministrationError

    package let paths: TenantPaths

    package init(root: String) { paths = TenantPaths(root: root) }

    /// Made anew each time: the tenants folder, and so its owner, may only come to be.
    var writer: FileWriter { FileWriter(root: paths.root) }

    /// Makes the tenant's folder; makes the tenants folder too where it is missing.
    package func create(_ template: TenantTemplate, catalogue: ProviderCatalogue) throws(Failure) {
        let id = template.id
        let text = Array(template.text.utf8)
        let problems = TenantFile.parse(text, file: paths.file(id), catalogue: catalogue).problems
        guard problems.isEmpty else { throw .invalid(problems) }
        guard FileStamp(paths.folder(id)) == nil else { throw .tenantExists(id) }
        try wrapping(paths.folder(id)) { () throws(FileError) in
            if FileStamp(paths.root) == nil { try writer.makeFolder(paths.root, mode: 0o755) }
            let temporary = "\(paths.root)/.\(id).\(try FileWriter.randomName())"
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

    /// Removes the tenant's folder with its keys. Users' data lies elsewhere and stays.
    package func delete(_ id: TenantID) throws(Failure) {
        try requireTenant(id)
        try wrapping(paths.folder(id)) { () throws(FileError) in
            // Renamed first, so that the server never sees half a tenant.
            let condemned = "\(paths.root)/.\(id).\(try FileWriter.randomName())"
            try writer.move(paths.folder(id), to: condemned)
            do {
                try FileManager.default.removeItem(atPath: condemned)
            } catch {
                throw .system(EIO)
            }
        }
    }

    package func disable(_ id: TenantID) throws(Failure) {
        try requireTenant(id)
        try wrapping(paths.disabled(id)) { () throws(FileError) in
            try writer.replace(paths.disabled(id), with: [], mode: 0o644)
        }
    }

    /// Does nothing for a tenant that is not disabled.
    package func enable(_ id: TenantID) throws(Failure) {
        try requireTenant(id)
        guard FileStamp(paths.disabled(id)) != nil else { return }
        try wrapping(paths.disabled(id)) { () throws(FileError) in try writer.remove(paths.disabled(id)) }
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
