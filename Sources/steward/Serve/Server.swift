import Administration
import Assistant
import CoreMetrics
import EventLoops
import FastCGI
import Files
import Foundation
import Hummingbird
import Identity
import JSON
import Logging
import NIOCore
import NIOPosix
import Prometheus
import ProviderKit
import Providers
import SQLiteStore
import Secrets
import ServiceLifecycle
import Tenants
import Time
import TodoAPI
import TodoStore
import Tokens
import UnixSignals

/// The running server: the services that `steward serve` starts and stops.
struct Server {
    let options: ServerOptions
    let secrets: @Sendable () -> SecretSources
    let logger: Logger

    /// Runs until SIGTERM, SIGINT, or the replacement by another process.
    func run() async throws {
        // A write to a closed connection must fail instead of ending the process.
        signal(SIGPIPE, SIG_IGN)
        // A write beyond the limit on the size of files must fail instead of ending the process.
        signal(SIGXFSZ, SIG_IGN)
        OpenSSLLibrary.keepUntilExit()
        MallocArenas.limit(to: System.coreCount)
        let metrics = PrometheusRegistry()
        MetricsSystem.bootstrap(metrics)
        let ownership = DataOwnership(folder: options.dataFolder)
        do {
            try ownership.take()
        } catch {
            // The owner is asked for the data when this process's socket has replaced its own.
            guard options.takesOver, error.isHeld else { throw error }
        }
        // More threads than cores, so that a few users with slow work (long searches, a busy disk) leave some to the
        // others. The kernel shares the cores among them.
        let threadPool = NIOThreadPool(numberOfThreads: max(8, System.coreCount * 4))
        threadPool.start()
        let descriptors = DescriptorLimit.raise()
        let clock = EventLoopClock(MultiThreadedEventLoopGroup.singleton)
        let tenants = TenantDirectory(
            root: options.tenantsFolder, registry: .standard, secrets: secrets(), stores: options.stores, now: .now)
        let databases = OpenDatabaseStores(options.databases, timer: MonotonicClock(clock), logger: logger)
        let stores = UserStores(
            folder: UserDatabases(
                configuration: StoreConfiguration(folder: options.dataFolder, capacity: descriptors.databaseCapacity),
                threadPool: threadPool, logger: logger),
            databases: databases.stores, place: { tenants.snapshot.place(of: $0) })
        let transport = ProviderTransport(clock: clock)

        let outcome: Result<Void, any Error>
        do {
            let services = try services(
                ownership, tenants, stores, transport, clock, threadPool, metrics,
                concurrentRequests: descriptors.concurrentRequests)
            var configuration = ServiceGroupConfiguration(
                services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
            configuration.maximumGracefulShutdownDuration = .seconds(10)
            try await ServiceGroup(configuration: configuration).run()
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        await transport.shutdown()
        await stores.close()
        ownership.release()
        await databases.shutDown()
        try? await threadPool.shutdownGracefully()
        try outcome.get()
    }

    /// Returns the services in the order in which they start; they end in reverse order.
    private func services(
        _ ownership: DataOwnership, _ tenants: TenantDirectory, _ stores: UserStores, _ transport: ProviderTransport,
        _ clock: EventLoopClock, _ threadPool: NIOThreadPool, _ metrics: PrometheusRegistry, concurrentRequests: Int
    ) throws -> [ServiceGroupConfiguration.ServiceConfiguration] {
        let snapshot = tenants.snapshot
        for problem in snapshot.folderProblems + snapshot.ids.flatMap({ snapshot.problems(of: $0) }) {
            logger.error("\(problem)")
        }
        let reached: @Sendable (TurnCheckpoint) -> Void = { point in
            CrashPoint.handler(point)
            StallPoint.handler(point)
        }
        let turns = TurnRunner(
            databases: stores,
            makeProvider: {
                try ProviderRegistry.standard.make($1.providerID, $1.settings, transport: transport.of($0.rawValue))
            },
            clock: clock, now: { .now }, reached: reached,
            executor: { EventLoopExecutor.executor(for: MultiThreadedEventLoopGroup.singleton.any()) }, logger: logger)
        let fastCGI = FastCGIConfiguration.steward(
            allowedUserIDs: options.allowedUserIDs, concurrentRequests: concurrentRequests)
        let reload = TenantReload(
            tenants: tenants, databases: stores, secrets: secrets, threadPool: threadPool, logger: logger)
        let shutdown = ShutdownCoordinator(fastCGI: fastCGI, turns: turns, logger: logger)
        let housekeeping = Maintenance(databases: stores.folder, logger: logger) { id in
            if case .ready(let tenant) = tenants.snapshot.tenant(id) { tenant.storeLimits } else { nil }
        }
        let status = ServerStatus(
            started: .now, fastCGI: fastCGI, turns: turns, stores: stores, housekeeping: housekeeping,
            tenants: tenants)
        let inFlight = RequestsInFlight()
        let responder = makeRouter(
            APIServices(
                tenants: tenants, databases: stores, turns: turns, clock: clock, now: { .now },
                concurrency: ConcurrencyLimits(requests: concurrentRequests),
                isReady: { ownership.isHeld && !fastCGI.drain.hasBegun },
                inFlight: inFlight)
        ).buildResponder()
        let admin = AdminServices(
            status: { status.json }, metrics: { status.metrics + metrics.text() },
            reload: { await reload.everything() }, handOver: { shutdown.handOver() }, stores: stores,
            limits: { tenants.snapshot.records[$0]?.tenant?.storeLimits })

        let stalls = StallReport(logger: logger)
        let watchdog = LoopWatchdog(
            eventLoops: Array(MultiThreadedEventLoopGroup.singleton.makeIterator()),
            clock: MonotonicClock(ContinuousClock()), routes: { inFlight.routes }, report: { stalls($0) })

        // The watchdog ends last.
        var services: [any Service] = [watchdog]
        if !stores.databases.isEmpty { services.append(duties(stores, tenants)) }
        services += [turns, reload, IdleProviderClients(transport: transport)] as [any Service]
        services.append(
            AfterTakeOver(ownership: ownership, service: try adminFrontEnd(makeAdminRouter(admin).buildResponder())))
        services.append(
            AfterTakeOver(ownership: ownership, service: DailyRounds(housekeeping: housekeeping, logger: logger)))
        if let http = options.http {
            services.append(AfterTakeOver(ownership: ownership, service: httpFrontEnd(responder, at: http)))
        }
        services.append(try fastCGIFrontEnd(responder, fastCGI, ownership))
        return services.map { .init(service: $0) }
            + [.init(service: shutdown, successTerminationBehavior: .gracefullyShutdownGroup)]
    }
    private func duties(_ stores: UserStores, _ tenants: TenantDirectory) -> DatabaseDuties {
        DatabaseDuties(
            databases: stores.databases,
            limits: { id, name in
                guard case .ready(let tenant) = tenants.snapshot.tenant(id), tenant.place == .database(name) else {
                    return nil
                }
                return tenant.storeLimits
            }, logger: logger)
    }
}
