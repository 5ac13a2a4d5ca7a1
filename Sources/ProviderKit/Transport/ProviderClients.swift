import AsyncHTTPClient
import Dispatch
import NIOCore
import Synchronization

/// The HTTP clients of all owners, made when one first sends something and closed when it has been idle.
///
/// Each has connections of its own: where requests of several wait for one host, AsyncHTTPClient fails all of them when one
/// connection fails, and has one limit for all.
final class ProviderClients: Sendable {
    struct Key: Hashable, Sendable {
        let owner: String
        /// Whether loopback and private addresses may be connected to.
        let allowsPrivate: Bool
    }

    private struct Entry {
        let client: HTTPClient
        var requests = 0
        /// Since when there is no request.
        var idleSince = Duration.zero
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var isClosed = false
    }

    /// Longer than a connection is kept without a request (60 s).
    static let idleLimit = Duration.seconds(90)
    /// More than the requests that may be under way: nobody waits for a connection of ours.
    private static let connectionsPerHost = 8192

    private let state = Mutex(State())

    /// Clients that there are.
    var count: Int { state.withLock { $0.entries.count } }

    /// A client for one request; `giveBack` says when that is over.
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

    /// Closes the clients without a request for `idleLimit`: of tenants that are gone, or that nobody talks to.
    func closeIdle(at now: Duration) {
        let idle = state.withLock { state in
            let keys = state.entries.filter { $0.value.requests == 0 && now - $0.value.idleSince >= Self.idleLimit }
                .keys
            return keys.compactMap { state.entries.removeValue(forKey: $0)?.client }
        }
        // Nothing is left to do for a client that did not end cleanly.
        for client in idle { client.shutdown { _ in } }
    }

    /// Ends all requests and closes all connections; nothing is lent any more.
    func close() async {
        let clients = state.withLock { state in
            defer { state.entries = [:] }
            state.isClosed = true
            return state.entries.values.map(\.client)
        }
        // The only failures are connections that did not close cleanly: nothing is left to do.
        for client in clients { try? await client.shutdown() }
    }

    private static func make(_ key: Key) -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        // A redirect could lead a request and its key anywhere.
        configuration.redirectConfiguration = .disallow
        configuration.decompression = .disabled
        configuration.timeout.connect = .seconds(5)
        // Of HTTP/2, AsyncHTTPClient 1.37 has one connection to a host, and a hundred streams on it are the most that
        // many providers allow: the next chat would wait.
        configuration.httpVersion = .http1Only
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connectionsPerHost
        // Retrying is the caller's, who knows of fallbacks.
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
