import Administration
import FastCGI
import Files
import Hummingbird
import Logging
import SQLiteStore
import ServiceLifecycle
import TodoStore

extension Server {
    /// Creates the FastCGI server for nginx.
    func fastCGIFrontEnd<Responder: HTTPResponder>(
        _ responder: Responder, _ fastCGI: FastCGIConfiguration, _ ownership: DataOwnership
    ) throws -> any Service where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
        let listener: UnixSocketListener
        switch options.fastCGI {
        case .unix(let path):
            listener = try UnixSocketListener(unixPath: path, mode: options.socketMode, group: options.socketGroup)
        case .tcp(let host, let port):
            listener = UnixSocketListener(host: host, port: port)
        }
        let application = Application(
            responder: responder, server: .fastCGI(configuration: fastCGI),
            configuration: ApplicationConfiguration(
                // nginx answers 502 when the backlog is full. The kernel limits it to net.core.somaxconn (4,096).
                address: listener.address, backlog: fastCGI.limits.requestsInFlight,
                availableConnectionsDelegate: fastCGI.availableConnections),
            // No connection is accepted before this returns; new ones wait in the backlog.
            onServerRunning: { channel in
                do {
                    try listener.publish()
                    try await takeOver(ownership)
                    logger.notice("listening for FastCGI", metadata: ["address": "\(options.fastCGI)"])
                } catch {
                    logger.critical("\(error)")
                    try? await channel.close()
                }
            }, logger: logger)
        guard case .tcp = options.fastCGI else { return application }
        return AfterTakeOver(ownership: ownership, service: application)
    }

    /// Creates the plain HTTP server, for development.
    func httpFrontEnd<Responder: HTTPResponder>(
        _ responder: Responder, at endpoint: ServerOptions.Endpoint
    ) -> some Service where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
        var address = BindAddress.hostname()
        if case .tcp(let host, let port) = endpoint { address = .hostname(host, port: port) }
        return Application(
            responder: responder, server: .http1(), configuration: ApplicationConfiguration(address: address),
            onServerRunning: { channel in
                logger.notice(
                    "listening for HTTP", metadata: ["address": "\(channel.localAddress.map { "\($0)" } ?? "-")"])
            }, logger: logger)
    }

    /// Creates the server on the admin socket, which only this user and root can open.
    func adminFrontEnd<Responder: HTTPResponder>(
        _ responder: Responder
    ) throws -> some Service where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
        let listener = try UnixSocketListener(unixPath: options.adminSocket, mode: 0o600)
        return Application(
            responder: responder, server: .http1(),
            configuration: ApplicationConfiguration(address: listener.address),
            onServerRunning: { channel in
                do {
                    try listener.publish()
                } catch {
                    logger.critical("\(error)")
                    try? await channel.close()
                }
            }, logger: logger)
    }

    /// Asks the process that owns the data to end, and waits for it; returns at once when this process owns it.
    private func takeOver(_ ownership: DataOwnership) async throws {
        guard !ownership.isHeld else { return }
        do {
            try ownership.take()
        } catch {
            guard error.isHeld else { throw error }
            logger.notice("taking over", metadata: ["reason": "\(error)"])
            try await AdminClient(socket: options.adminSocket).handOver()
            try await ownership.take(within: Self.takeOverTimeout)
        }
    }

    /// Longer than the ten seconds in which the old process ends.
    private static var takeOverTimeout: Duration { .seconds(15) }
}
