import Files
package import Identity
package import ProviderKit
internal import Synchronization
package import Time
import Tokens

/// The tenants folder, kept up to date: readers take a snapshot, which `reload` replaces.
package final class TenantDirectory: Sendable {
    package let paths: TenantPaths
    private let registry: ProviderRegistry
    private let stores: Stores
    private let current: Mutex<State>

    private struct State {
        var snapshot: TenantSnapshot
        var secrets: SecretSources
        /// The number of replaced snapshots. A reload that was overtaken by another one reads again.
        var generation = 0
    }

    /// The result of a reload.
    package struct Changes: Sendable {
        package var added: [TenantID] = []
        package var changed: [TenantID] = []
        package var removed: [TenantID] = []
        /// The tenants whose new files are invalid, so that they keep their old configuration.
        package var kept: [TenantID] = []
        /// All remaining problems of the tenants above.
        package var problems: [TenantProblem] = []

        package var isEmpty: Bool { added.isEmpty && changed.isEmpty && removed.isEmpty && kept.isEmpty }
    }

    /// Reads the folder. Problems are part of the snapshot, so an invalid tenant does not affect others. Blocks.
    ///
    /// - Parameter stores: The stores that tenants may name.
    package init(
        root: String, registry: ProviderRegistry, secrets: SecretSources, stores: Stores = .dataFolderOnly,
        now: UnixTime
    ) {
        paths = TenantPaths(root: root)
        self.registry = registry
        self.stores = stores
        let loader = TenantLoader(paths: paths, registry: registry, secrets: secrets, stores: stores)
        let scan = Self.scan(loader, previous: [:], everything: true, now: now)
        current = Mutex(State(snapshot: scan.snapshot, secrets: secrets))
    }

    package var snapshot: TenantSnapshot { current.withLock { $0.snapshot } }

    /// Reads again the tenants whose folders have changed. Blocks, but not the readers.
    package func reload(now: UnixTime) -> Changes { reload(secrets: nil, now: now) }

    /// Reads all tenants again, with new secrets. Blocks, but not the readers.
    package func reloadAll(secrets: SecretSources, now: UnixTime) -> Changes { reload(secrets: secrets, now: now) }

    private func reload(secrets: SecretSources?, now: UnixTime) -> Changes {
        while true {
            let before = current.withLock { $0 }
            let loader = TenantLoader(
                paths: paths, registry: registry, secrets: secrets ?? before.secrets, stores: stores)
            let scan = Self.scan(
                loader, previous: before.snapshot.records, everything: secrets != nil, now: now)
            guard
                !scan.changes.isEmpty || secrets != nil
                    || scan.snapshot.folderProblems != before.snapshot.folderProblems
            else { return scan.changes }
            let isCommitted = current.withLock { state in
                guard state.generation == before.generation else { return false }
                state = State(snapshot: scan.snapshot, secrets: loader.secrets, generation: before.generation + 1)
                return true
            }
            if isCommitted { return scan.changes }
        }
    }

    private static func scan(
        _ loader: TenantLoader, previous: [TenantID: TenantRecord], everything: Bool, now: UnixTime
    ) -> (snapshot: TenantSnapshot, changes: Changes) {
        var records: [TenantID: TenantRecord] = [:]
        var changes = Changes()
        let ids: [TenantID]
        let folderProblems: [TenantProblem]
        do {
            (ids, folderProblems) = try tenants(in: loader.paths)
        } catch  where error.message == FileError.outOfDescriptors.description && !previous.isEmpty {
            // Keys and revocations that cannot be read now would look as if they were gone: nothing is read in this round.
            changes.problems = [error]
            return (TenantSnapshot(records: previous, folderProblems: [error], paths: loader.paths), changes)
        } catch {
            // When the folder cannot be listed, the known tenants are kept.
            (ids, folderProblems) = (previous.keys.sorted(), [error])
        }
        for id in ids {
            let old = previous[id]
            let isUntouched = old?.isCurrent(in: loader.paths) ?? false
            // A tenant with problems is always read again: the fix may be in a file without a stamp, such as that of the
            // master keys.
            if let old, isUntouched, old.problems.isEmpty, !everything {
                records[id] = old
                continue
            }
            let loaded = loader.load(id, now: now)
            if let old {
                records[id] = loaded.keeping(old)
                if isUntouched, records[id] == old { continue }
                if loaded.tenant == nil, old.tenant != nil {
                    changes.kept.append(id)
                } else {
                    changes.changed.append(id)
                }
            } else {
                records[id] = loaded.starting()
                changes.added.append(id)
            }
        }
        changes.removed = previous.keys.filter { records[$0] == nil }.sorted()
        let snapshot = TenantSnapshot(records: records, folderProblems: folderProblems, paths: loader.paths)
        changes.problems =
            folderProblems + (changes.added + changes.changed + changes.kept).flatMap { snapshot.problems(of: $0) }
        return (snapshot, changes)
    }

    private static func tenants(in paths: TenantPaths) throws(TenantProblem) -> ([TenantID], [TenantProblem]) {
        let names: [String]
        do {
            names = try FolderListing.names(in: paths.root)
        } catch {
            throw TenantProblem(file: paths.root, message: error.description)
        }
        var ids: [TenantID] = []
        var problems: [TenantProblem] = []
        for name in names where FileStamp("\(paths.root)/\(name)")?.isFolder == true {
            if let id = TenantID(name) {
                ids.append(id)
            } else {
                problems.append(
                    TenantProblem(
                        file: "\(paths.root)/\(name)",
                        message: "is not a tenant: an id is 1 to 63 of a-z, 0-9 and -, not beginning with -"))
            }
        }
        return (ids, problems)
    }
}
