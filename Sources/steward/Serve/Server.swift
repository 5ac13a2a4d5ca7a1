import Assistant
import FastCGI
import Foundation
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import ProviderKit
import Providers
import ServiceLifecycle
import Tenants
import TodoAPI
import TodoStore
import Tokens
import UnixSignals

/// The running server: what `steward serve` puts together and takes apart again.
struct Server {
    let options: ServerOptions
    let secrets: @Sendable () -> SecretSources
    let logger: Logger

    /// Runs until SIGTERM or SIGINT.
    func run() async throws {
        // A client that has left must be an error of a write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        let lock = try DataLock(folder: options.dataFolder)
        let threadPool = NIOThreadPool(numberOfThreads: max(4, System.coreCount * 2))
        threadPool.start()
        let databases = UserDatabases(
            configuration: StoreConfiguration(
                folder: options.dataFolder, capacity: DescriptorLimit.raise().databaseCapacity),
            threadPool: threadPool, logger: logger)
        let transport = ProviderTransport()
        let tenants = TenantDirectory(
            root: options.tenantsFolder, catalogue: ProviderRegistry.standard.catalogue(transport), secrets: secrets(),
            now: .now)
        let snapshot = tenants.snapshot
        for problem in snapshot.folderProblems + snapshot.ids.flatMap({ snapshot.problems(of: $0) }) {
            logger.error("\(problem)")
        }
        let turns = TurnRunner(
            databases: databases,
            makeProvider: {
                try ProviderRegistry.standard.make($0.providerID, $0.settings, transport: transport)
            },
            now: { .now }, logger: logger)
        let reload = TenantReload(tenants: tenants, secrets: secrets, threadPool: threadPool, logger: logger)
        let fastCGI = FastCGIConfiguration.steward(allowedUserIDs: options.allowedUserIDs)
        let api = APIServices(
            tenants: tenants, databases: databases, turns: turns, now: { .now },
            isReady: { !fastCGI.drain.hasBegun })

        let outcome: Result<Void, any Error>
        do {
            // Last in, first out: turns end while the API still answers, and before it stops listening.
            try await serve(frontEnds(api, fastCGI) + [reload, turns])
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        await transport.shutdown()
        await databases.close()
        try? await threadPool.shutdownGracefully()
        withExtendedLifetime(lock) {}
        try outcome.get()
    }

    private func serve(_ services: [any Service]) async throws {
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(10)
        try await ServiceGroup(configuration: configuration).run()
    }

    /// The FastCGI server, and the plain HTTP one where it is asked for.
    private func frontEnds(_ api: APIServices, _ fastCGI: FastCGIConfiguration) throws -> [any Service] {
        let responder = makeRouter(api).buildResponder()
        let listener: FastCGIListener
        switch options.fastCGI {
        case .unix(let path):
            listener = try FastCGIListener(
                unixPath: path, mode: options.socketMode, group: options.socketGroup)
        case .tcp(let host, let port):
            listener = FastCGIListener(host: host, port: port)
        }
        var frontEnds: [any Service] = [
            Application(
                responder: responder, server: .fastCGI(configuration: fastCGI),
                configuration: ApplicationConfiguration(
                    address: listener.address, backlog: 511,
                    availableConnectionsDelegate: fastCGI.availableConnections),
                onServerRunning: { [logger, endpoint = options.fastCGI] channel in
                    do {
                        try listener.publish()
                        logger.notice("FastCGI is spoken", metadata: ["address": "\(endpoint)"])
                    } catch {
                        logger.critical("\(error)")
                        try? await channel.close()
                    }
                }, logger: logger)
        ]
        if case .tcp(let host, let port) = options.http {
            frontEnds.append(
                Application(
                    responder: responder, server: .http1(),
                    configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
                    onServerRunning: { [logger] channel in
                        logger.notice(
                            "HTTP is spoken", metadata: ["address": "\(channel.localAddress.map { "\($0)" } ?? "")"])
                    }, logger: logger))
        }
        return frontEnds
    }
}
