import Files
internal import Foundation
package import Identity
internal import JSON
package import ProviderKit
package import Secrets

extension TenantAdministration {
    /// Creates a master key file with one new key. The file must not exist.
    package func createMasterKey(_ file: MasterKeyFile) throws(Failure) -> MasterKey {
        let key = try newMasterKey()
        do {
            try writer.create(file.path, with: key.line.revealedBytes(), mode: 0o600)
        } catch {
            if error == .system(EEXIST) { throw .masterKeyExists(file.path) }
            throw .file(file.path, error)
        }
        return key
    }

    /// Seals a secret for one provider section of one tenant. The tenant's file is not changed.
    package func seal(
        _ secret: Secret, provider: String, tenant: TenantID, file: MasterKeyFile
    ) throws(Failure) -> SealedSecret {
        try requireTenant(tenant)
        let usable: Secret
        do throws(SecretReferenceError) {
            usable = try secret.usable()
        } catch {
            throw .secret(error)
        }
        guard let key = try contents(of: file).keys.first else { throw .secret(.noMasterKeyFile) }
        try record(.sealSecret, tenant, ["provider": .string(provider), "master_key": .string(key.id)])
        do {
            return try SealedSecret(sealing: usable, tenant: tenant, provider: provider, key: key)
        } catch {
            throw .cryptography(error)
        }
    }

    /// Replaces the master key: adds a new one, seals every secret again, then removes the old one. Each step is one
    /// rename, after which every secret can be opened with the current file. A further run continues an interrupted
    /// one.
    ///
    /// - Parameter onTenant: Called after each tenant with the number of its secrets.
    package func rotateMasterKey(
        _ file: MasterKeyFile, registry: ProviderRegistry, onTenant: (TenantID, Int) -> Void
    ) throws(Failure) -> MasterKeyRotation {
        try writer.locking(paths.root, else: { .file(paths.root, $0) }) { () throws(Failure) in
            let rotation = try beginRotation(file)
            var problems: [TenantProblem] = []
            for tenant in try tenantsWithFolder() {
                do throws(Failure) {
                    onTenant(tenant, try reseal(tenant, rotation, registry: registry))
                } catch .cannotReseal(let found) {
                    problems += found
                }
            }
            guard problems.isEmpty else { throw .cannotReseal(problems) }
            try endRotation(rotation)
            return rotation
        }
    }

    /// Does the first step of a rotation: adds a new key in front of the old one, and seals with it from now on.
    package func beginRotation(_ file: MasterKeyFile) throws(Failure) -> MasterKeyRotation {
        let (keys, lines) = try contents(of: file)
        guard keys.count == 1 else { return MasterKeyRotation(file: file, keys: keys, isResumed: true) }
        let new = try newMasterKey()
        try write(new.line.revealed() + lines.map { "\($0)\n" }.joined(), to: file)
        return MasterKeyRotation(file: file, keys: [new] + keys, isResumed: false)
    }

    /// Does the step of one tenant: changes only the sealed references in its file.
    ///
    /// - Returns: The number of secrets that were sealed again.
    package func reseal(
        _ tenant: TenantID, _ rotation: MasterKeyRotation, registry: ProviderRegistry
    ) throws(Failure) -> Int {
        try locking(tenant) { () throws(Failure) in
            let path = paths.file(tenant)
            let file: FileContents
            do throws(FileError) {
                file = try FileContents(path, limit: TenantFile.sizeLimit, followLinks: false)
            } catch {
                if error == .missing { return 0 }
                throw .file(path, error)
            }
            guard let text = String(validating: file.bytes, as: UTF8.self) else {
                throw .cannotReseal([TenantProblem(file: path, message: "is not UTF-8")])
            }
            var sealed = SealedText(text)
            sealed.reseal(tenant: tenant, providers: registry.ids, keys: rotation.keys)
            let problems = sealed.problems.map {
                TenantProblem(file: path, position: $0.position, message: $0.message)
            }
            if sealed.count > 0 {
                let details: JSONObject = [
                    "from": .array(rotation.oldKeyIDs.map(JSONValue.string)), "to": .string(rotation.newKeyID),
                    "secrets": .integer(sealed.count),
                ]
                try recording(.rotateMasterKey, tenant, details, path) { () throws(FileError) in
                    try FileWriter(root: path).replace(path, with: Array(sealed.text.utf8), mode: file.mode)
                }
            }
            guard problems.isEmpty else { throw .cannotReseal(problems) }
            return sealed.count
        }
    }

    /// Does the last step of a rotation: removes all keys but the new one.
    package func endRotation(_ rotation: MasterKeyRotation) throws(Failure) {
        let (_, lines) = try contents(of: rotation.file)
        let kept = lines.filter { line in !rotation.oldKeyIDs.contains { line.hasPrefix("\($0) ") } }
        try write(kept.map { "\($0)\n" }.joined(), to: rotation.file)
    }

    private func newMasterKey() throws(Failure) -> MasterKey {
        do {
            return try MasterKey.generate()
        } catch {
            throw .cryptography(error)
        }
    }

    private func contents(of file: MasterKeyFile) throws(Failure) -> (keys: [MasterKey], lines: [Substring]) {
        do {
            return try file.contents()
        } catch {
            throw .secret(error)
        }
    }

    private func write(_ text: String, to file: MasterKeyFile) throws(Failure) {
        let path = file.resolvedPath
        let mode = FileStamp(path)?.mode ?? 0o600
        // Keeps the mode and owner, so that those who can read the file, such as the server's user, still can.
        try wrapping(path) { () throws(FileError) in
            try FileWriter(root: path).replace(path, with: Array(text.utf8), mode: mode)
        }
    }

    private func tenantsWithFolder() throws(Failure) -> [TenantID] {
        let names = try wrapping(paths.root) { () throws(FileError) in try FolderListing.names(in: paths.root) }
        return names.compactMap { TenantID($0) }.filter { FileStamp(paths.folder($0))?.isFolder == true }
    }
}
