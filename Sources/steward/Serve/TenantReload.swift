import CoreMetrics
import Identity
import JSON
import Logging
import NIOPosix
import ServiceLifecycle
import Tenants
import Time
import TodoStore
import Tokens
import UnixSignals

/// A service that keeps the tenants up to date: it checks the folder every second, and reads everything on SIGHUP.
struct TenantReload: Service {
    let tenants: TenantDirectory
    let databases: any UserStore
    let secrets: @Sendable () -> SecretSources
    let threadPool: NIOThreadPool
    let logger: Logger
    private let refusals = Counter(label: "steward_tenant_reloads_refused_total")

    init(
        tenants: TenantDirectory, databases: any UserStore, secrets: @escaping @Sendable () -> SecretSources,
        threadPool: NIOThreadPool,
        logger: Logger
    ) {
        self.tenants = tenants
        self.databases = databases
        self.secrets = secrets
        self.threadPool = threadPool
        self.logger = logger
    }

    func run() async throws {
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                group.addTask { await everySecond() }
                group.addTask {
                    for await _ in await UnixSignalsSequence(trapping: .sighup) {
                        logger.notice("SIGHUP received: reading all tenants again")
                        await everything()
                    }
                }
                try? await gracefulShutdown()
                group.cancelAll()
            }
        } onGracefulShutdown: {
        }
    }

    /// Reads all tenants again and logs the changes.
    @discardableResult
    func everything() async -> JSONObject {
        guard let changes = await reload({ tenants.reloadAll(secrets: secrets(), now: .now) }) else { return [:] }
        func names(_ ids: [TenantID]) -> JSONValue { .array(ids.map { .string($0.rawValue) }) }
        return [
            "added": names(changes.added), "changed": names(changes.changed), "removed": names(changes.removed),
            "kept": names(changes.kept), "problems": .array(changes.problems.map { .string("\($0)") }),
        ]
    }

    private func everySecond() async {
        while (try? await Task.sleep(for: .seconds(1))) != nil {
            await reload { tenants.reload(now: .now) }
        }
    }

    /// Reads on its own thread, because reading files blocks.
    @discardableResult
    private func reload(
        _ body: @escaping @Sendable () -> TenantDirectory.Changes
    ) async -> TenantDirectory.Changes? {
        guard let changes = try? await threadPool.runIfActive(body) else { return nil }
        // A tenant that was deleted with its data, and created again.
        for id in changes.added { databases.admit(id) }
        for (what, ids) in [
            ("added", changes.added), ("changed", changes.changed), ("removed", changes.removed),
            ("kept with its previous configuration, because its new file is invalid", changes.kept),
        ] {
            for id in ids { logger.notice("tenant \(what)", metadata: ["tenant": "\(id)"]) }
        }
        refusals.increment(by: changes.kept.count)
        for problem in changes.problems { logger.error("\(problem)") }
        return changes
    }
}
