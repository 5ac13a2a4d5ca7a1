import Files
internal import Identity
import ProviderKit
import Time
internal import Tokens

/// A reader of one tenant's folder.
struct TenantLoader {
    let paths: TenantPaths
    let registry: ProviderRegistry
    let secrets: SecretSources
    let stores: Stores

    func load(_ id: TenantID, now: UnixTime) -> TenantRecord {
        // Taken before the files are read, so that a change in between is detected the next time.
        let stamp = FolderStamp(id, paths: paths)
        let (tenant, secretStamps, fileProblems) = tenant(id)
        let (keys, keyProblems) = KeyFolder(paths: paths).read(id)
        let (revocations, revocationProblems) = revocations(id, now: now)
        return TenantRecord(
            id: id, tenant: tenant, isDisabled: FileStamp(paths.disabled(id)) != nil, keys: keys,
            revocations: Revocations(revocations), lacksRevocations: !revocationProblems.isEmpty,
            problems: fileProblems + keyProblems + revocationProblems, stamp: stamp, secretStamps: secretStamps)
    }

    private func tenant(_ id: TenantID) -> (Tenant?, SecretStamps, [TenantProblem]) {
        let path = paths.file(id)
        let (file, problems) = TenantFile.read(path, registry: registry)
        // Before the secrets are read, as above.
        let stamps = SecretStamps(of: (file?.targets ?? []).compactMap { $0.apiKey.flatMap(secrets.path) })
        guard let file else { return (nil, stamps, problems) }
        let (tenant, missing) = file.resolve(
            id: id, file: path, registry: registry, secrets: secrets, stores: stores)
        return (tenant, stamps, missing)
    }

    private func revocations(_ id: TenantID, now: UnixTime) -> ([Revocation], [TenantProblem]) {
        let path = paths.revocations(id)
        do {
            let file = try FileContents(path, limit: RevocationFile.sizeLimit, followLinks: false)
            let (revocations, problems) = RevocationFile.decode(file.bytes, now: now)
            return (
                revocations,
                problems.map {
                    TenantProblem(file: path, position: TextPosition(line: $0.line, column: 1), message: $0.message)
                }
            )
        } catch FileError.missing {
            return ([], [])
        } catch {
            return ([], [TenantProblem(file: path, message: "\(error)")])
        }
    }
}
