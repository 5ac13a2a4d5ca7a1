import AsyncHTTPClient
package import EventLoops
import JSON
import NIOCore
import NIOHTTP1
import Secrets

/// The HTTP transport to the providers. Each tenant has its own connections; see `ProviderClients`.
package struct ProviderTransport: Sendable {
    package let clock: MonotonicClock
    private let gate: AddressGate
    private let clients = ProviderClients()
    private var owner = ""

    /// Creates a transport.
    ///
    /// - Parameter clock: The clock that measures the silence of providers.
    package init(clock: some Clock<Duration> = ContinuousClock()) {
        self.clock = MonotonicClock(clock)
        gate = AddressGate(clock: self.clock)
    }

    /// Returns the same transport with connections used only by `owner`.
    package func of(_ owner: String) -> ProviderTransport {
        var transport = self
        transport.owner = owner
        return transport
    }

    /// Closes clients that have been idle for a while.
    package func closeIdle() { clients.closeIdle(at: clock.now) }

    /// The number of open HTTP clients.
    package var clientCount: Int { clients.count }

    /// Ends all requests and closes all connections; the transport cannot be used afterwards.
    package func shutdown() async { await clients.close() }

    /// Runs `body` with a transport that is shut down afterwards.
    package static func withTransport<Result>(
        clock: some Clock<Duration> = ContinuousClock(), _ body: (ProviderTransport) async throws -> Result
    ) async throws -> Result {
        let transport = ProviderTransport(clock: clock)
        do {
            let result = try await body(transport)
            await transport.shutdown()
            return result
        } catch {
            await transport.shutdown()
            throw error
        }
    }

    /// Sends a request and passes its response to `read` when the head has arrived.
    ///
    /// When `read` returns before the end of the body, the connection is closed, unless `ProviderResponse.leaveToEnd()`
    /// was called. Cancelling the task closes the connection at once.
    ///
    /// - Throws: `ProviderError`, `CancellationError`, or the error of `read`.
    package func send<Result>(
        _ request: ProviderHTTPRequest, read: (ProviderResponse) async throws -> Result
    ) async throws -> Result {
        try Task.checkCancellation()
        let outgoing = try httpRequest(request)
        if !request.allowPrivate { try await gate.admit(outgoing.host.trimmingBrackets) }
        let exchange = ProviderExchange(timeouts: request.timeouts, clock: clock)
        let key = ProviderClients.Key(owner: owner, allowsPrivate: request.allowPrivate)
        let client = try lend(key)
        defer { clients.giveBack(key, at: clock.now) }
        // The caller's event loop, if it runs on one, so that few steps change threads. Requiring the connection to be
        // there too would open a new one each time (AsyncHTTPClient 1.37).
        let eventLoop = client.eventLoopGroup.any()
        let task = client.execute(
            request: outgoing, delegate: exchange, eventLoop: .delegate(on: eventLoop))
        defer { exchange.abandon(task) }
        return try await withTaskCancellationHandler {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await exchange.watch() }
                defer { group.cancelAll() }
                return try await read(try await ProviderResponse(exchange))
            }
        } onCancel: {
            exchange.end(throwing: CancellationError())
            task.cancel()
        }
    }

    private func lend(_ key: ProviderClients.Key) throws(ProviderError) -> HTTPClient {
        do {
            return try clients.lend(key)
        } catch {
            throw ProviderError(transport: error)
        }
    }

    private func httpRequest(_ request: ProviderHTTPRequest) throws(ProviderError) -> HTTPClient.Request {
        var headers = HTTPHeaders()
        if request.body != nil { headers.add(name: "content-type", value: "application/json") }
        headers.add(name: "accept", value: "text/event-stream, application/json")
        headers.add(name: "user-agent", value: "steward")
        for (name, value) in request.headers { headers.add(name: name, value: value) }
        if let credential = request.credential {
            headers.add(name: credential.field, value: credential.headerValue)
        }
        do {
            return try HTTPClient.Request(
                url: request.url, method: request.body == nil ? .GET : .POST, headers: headers,
                body: request.body.map { .byteBuffer($0.serialized) })
        } catch {
            throw ProviderError(
                .unreachable, "the address of the provider is not a valid URL", isRetryable: false)
        }
    }
}
