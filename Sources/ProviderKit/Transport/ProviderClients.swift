import AsyncHTTPClient
import Dispatch
import NIOCore
import Synchronization

/// The HTTP clients of all owners, created at the first request and closed when idle.
///
/// Each owner has its own connections: when requests of several wait for one host, AsyncHTTPClient fails all of them if
/// one connection fails, and has one limit for all.
final class ProviderClients: Sendable {
    struct Key: Hashable, Sendable {
        let owner: String
        /// Whether loopback and private addresses may be connected to.
        let allowsPrivate: Bool
    }

    private struct Entry {
        let client: HTTPClient
        var requests = 0
        /// The time since which there are no requests.
        var idleSince = Duration.zero
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var isClosed = false
    }

    /// Longer than an idle connection is kept (60 s).
    static let idleLimit = Duration.seconds(90)
    /// More than the requests that can be in flight, so that none waits for a connection.
    private static let connectionsPerHost = 8192

    private let state = Mutex(State())

    /// The number of clients.
    var count: Int { state.withLock { $0.entries.count } }

    /// Returns a client for one request; the caller must return it with `giveBack`.
    ///
    /// - Throws: `HTTPClientError.alreadyShutdown`.
    func lend(_ key: Key) throws -> HTTPClient {
        try state.withLock { state in
            guard !state.isClosed else { throw HTTPClientError.alreadyShutdown }
            var entry = state.entries[key] ?? Entry(client: Self.make(key))
            entry.requests += 1
            state.entries[key] = entry
            return entry.client
        }
    }

    func giveBack(_ key: Key, at now: Duration) {
        state.withLock { state in
            state.entries[key]?.requests -= 1
            state.entries[key]?.idleSince = now
        }
    }

    /// Closes the clients without requests for `idleLimit`.
    func closeIdle(at now: Duration) {
        let idle = state.withLock { state in
            let keys = state.entries.filter { $0.value.requests == 0 && now - $0.value.idleSince >= Self.idleLimit }
                .keys
            return keys.compactMap { state.entries.removeValue(forKey: $0)?.client }
        }
        // An unclean shutdown needs no further action.
        for client in idle { client.shutdown { _ in } }
    }

    /// Ends all requests and closes all connections; afterwards `lend` throws.
    func close() async {
        let clients = state.withLock { state in
            defer { state.entries = [:] }
            state.isClosed = true
            return state.entries.values.map(\.client)
        }
        // The only errors are connections that did not close cleanly, which need no further action.
        for client in clients { try? await client.shutdown() }
    }

    private static func make(_ key: Key) -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        // A redirect could send a request with its key to any host.
        configuration.redirectConfiguration = .disallow
        configuration.decompression = .disabled
        configuration.timeout.connect = .seconds(5)
        // With HTTP/2, AsyncHTTPClient 1.37 uses one connection per host, and many providers allow a hundred streams on
        // it: further chats would wait.
        configuration.httpVersion = .http1Only
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connectionsPerHost
        // Retries are left to the caller, who knows about fallbacks.
        configuration.connectionPool.retryConnectionEstablishment = false
        if !key.allowsPrivate { configuration.http1_1ConnectionDebugInitializer = refusePrivate }
        return HTTPClient(configuration: configuration)
    }

    @Sendable private static func refusePrivate(_ channel: any Channel) -> EventLoopFuture<Void> {
        if let address = channel.remoteAddress, AddressRules.isPublic(address) {
            return channel.eventLoop.makeSucceededVoidFuture()
        }
        channel.close(promise: nil)
        return channel.eventLoop.makeFailedFuture(PrivateAddressError())
    }
}
