import AsyncHTTPClient
import JSON
import NIOCore
import NIOHTTP1
import Secrets

/// The way out to the providers: two HTTP clients for the life of the process.
///
/// The public one refuses private addresses; the private one is for targets whose tenant set `allow_private`.
package struct ProviderTransport: Sendable {
    package let clock: ProviderClock
    private let gate: AddressGate
    private let publicClient: HTTPClient
    private let privateClient: HTTPClient

    /// - Parameter clock: measures the silence of providers.
    package init(clock: some Clock<Duration> = ContinuousClock()) {
        self.clock = ProviderClock(clock)
        gate = AddressGate(clock: self.clock)
        var configuration = HTTPClient.Configuration()
        // A redirect could lead a request and its key anywhere.
        configuration.redirectConfiguration = .disallow
        configuration.decompression = .disabled
        configuration.timeout.connect = .seconds(5)
        // Every chat under way holds a connection where the provider speaks HTTP/1.1.
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 512
        // Retrying is the caller's, who knows of fallbacks.
        configuration.connectionPool.retryConnectionEstablishment = false
        privateClient = HTTPClient(configuration: configuration)
        let refusePrivate: @Sendable (any Channel) -> EventLoopFuture<Void> = { channel in
            if let address = channel.remoteAddress, AddressRules.isPublic(address) {
                return channel.eventLoop.makeSucceededVoidFuture()
            }
            channel.close(promise: nil)
            return channel.eventLoop.makeFailedFuture(PrivateAddressError())
        }
        configuration.http1_1ConnectionDebugInitializer = refusePrivate
        configuration.http2ConnectionDebugInitializer = refusePrivate
        publicClient = HTTPClient(configuration: configuration)
    }

    /// Ends all requests and closes all connections; the transport cannot be used afterwards.
    package func shutdown() async {
        // The only failures are a second shutdown and connections that did not close cleanly: nothing is left to do.
        try? await publicClient.shutdown()
        try? await privateClient.shutdown()
    }

    /// A transport for the time of `body`.
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

    /// Sends a request and hands its response to `read` as soon as its head is there.
    ///
    /// When `read` returns before the body has ended, the connection is closed, unless it called
    /// `ProviderResponse.leaveToEnd()`. Cancelling the task closes the connection at once.
    /// - Throws: `ProviderError`, `CancellationError`, or what `read` threw.
    package func send<Result>(
        _ request: ProviderHTTPRequest, read: (ProviderResponse) async throws -> Result
    ) async throws -> Result {
        try Task.checkCancellation()
        let outgoing = try httpRequest(request)
        if !request.allowPrivate { try await gate.admit(outgoing.host.trimmingBrackets) }
        let exchange = ProviderExchange(timeouts: request.timeouts, clock: clock)
        let client = request.allowPrivate ? privateClient : publicClient
        // The caller's own event loop, if it runs on one: then little of the exchange changes threads. To demand a
        // connection there, too, would make a new one each time (AsyncHTTPClient 1.37).
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
                .unreachable, "the address of the provider is no URL that can be called", isRetryable: false)
        }
    }
}
