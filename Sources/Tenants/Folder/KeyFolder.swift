import Files
internal import Foundation
internal import Identity
internal import JSON
internal import Tokens

/// A reader of a tenant's key files, which refuses files that others could read or write.
struct KeyFolder {
    private let paths: TenantPaths
    /// The allowed owners of key files: this process, root and, when running as root, the owner of the tenants folder.
    private let owners: Set<UInt32>

    init(paths: TenantPaths) {
        self.paths = paths
        let user = geteuid()
        let operatorID = user == 0 ? FileStamp(paths.root)?.owner : nil
        owners = Set([user, 0, operatorID].compactMap(\.self))
    }

    func read(_ id: TenantID) -> ([SigningKey], [TenantProblem]) {
        let folder = paths.keys(id)
        // A tenant without a key has no folder.
        guard let stamp = FileStamp(folder) else { return ([], []) }
        guard stamp.mode & 0o077 == 0 else {
            return (
                [],
                [
                    TenantProblem(
                        file: folder, message: "is accessible to others, so its keys are not used; run chmod 700")
                ]
            )
        }
        var keys: [SigningKey] = []
        var problems: [TenantProblem] = []
        let names: [String]
        do {
            names = try FolderListing.names(in: folder)
        } catch {
            return ([], [TenantProblem(file: folder, message: error.description)])
        }
        for name in names {
            do throws(TenantProblem) {
                keys.append(try key(id, name: name))
            } catch {
                problems.append(error)
            }
        }
        let imported = keys.count { $0.origin == .imported && $0.state != .revoked }
        if imported > TokenLimits.importedKeys {
            problems.append(
                TenantProblem(
                    file: folder,
                    message: "has \(imported) imported keys; only the \(TokenLimits.importedKeys) newest are used"))
        }
        return (keys, problems)
    }

    /// Reads one key file, by its name in the folder.
    func key(_ tenant: TenantID, name: String) throws(TenantProblem) -> SigningKey {
        let path = "\(paths.keys(tenant))/\(name)"
        func problem(_ message: String) -> TenantProblem { TenantProblem(file: path, message: message) }
        guard name.hasSuffix(".json"), let kid = KeyID(String(name.dropLast(5))) else {
            throw problem("is not a key file")
        }
        let file: FileContents
        do {
            file = try FileContents(path, limit: KeyFile.sizeLimit, followLinks: false)
        } catch {
            throw problem(error.description)
        }
        guard owners.contains(file.owner) else { throw problem("belongs to another user, so the key is not used") }
        guard file.mode & 0o077 == 0 else {
            throw problem("is accessible to others, so the key is not used; run chmod 600 and rotate the key")
        }
        do {
            return try KeyFile.decode(file.bytes, kid: kid, tenant: tenant)
        } catch {
            throw problem(error.description)
        }
    }
}
