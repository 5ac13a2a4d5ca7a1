import AsyncHTTPClient
import EventLoops
import NIOCore
import NIOHTTP1
import Synchronization

/// One HTTP exchange: AsyncHTTPClient delivers parts on its event loop, and the adapter's task takes them.
///
/// One part is held at a time; the socket is read again when it was taken.
final class ProviderExchange: HTTPClientResponseDelegate {
    typealias Response = Void

    enum Part: Sendable {
        case head(HTTPResponseHead)
        case body(ByteBuffer)
        case end
    }

    private struct State: ~Copyable {
        var held: (part: Part, taken: EventLoopPromise<Void>)?
        var waiter: CheckedContinuation<Part, any Error>?
        var outcome: Result<Part, any Error>?
        /// Whether the head of the answer has arrived.
        var answered = false
        var silence = Silence.firstEvent
        /// The start of the silence; nil while no task waits, because a slow client is not the provider's silence.
        var silentSince: Duration?
        /// The number of bytes that may still be discarded; nil while the body is read.
        var discardable: Int?
    }

    private let state = Mutex(State())
    private let timeouts: ProviderTimeouts
    private let clock: MonotonicClock

    init(timeouts: ProviderTimeouts, clock: MonotonicClock) {
        self.timeouts = timeouts
        self.clock = clock
        state.withLock { $0.silentSince = clock.now }
    }

    /// Returns the next part, beginning with the head.
    func next() async throws -> Part {
        let now = clock.now
        return try await withCheckedThrowingContinuation { continuation in
            let taken = state.withLock { state -> EventLoopPromise<Void>? in
                if let held = state.held {
                    state.held = nil
                    continuation.resume(returning: held.part)
                    return held.taken
                }
                if let outcome = state.outcome {
                    continuation.resume(with: outcome)
                } else {
                    if state.silentSince == nil { state.silentSince = now }
                    state.waiter = continuation
                }
                return nil
            }
            taken?.succeed()
        }
    }

    func expect(_ silence: Silence) {
        state.withLock { state in
            // The trailer has one limit in total, which only more of the answer ends.
            guard silence != .trailer || state.silence != .trailer else { return }
            state.silence = silence
            state.silentSince = nil
        }
    }

    /// Ends the exchange for the adapter; the first outcome is kept.
    func end(_ outcome: Result<Part, any Error>) {
        let waiter = state.withLock { state -> CheckedContinuation<Part, any Error>? in
            if state.outcome == nil { state.outcome = outcome }
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(with: outcome)
    }

    func end(throwing error: any Error) { end(.failure(error)) }

    func discardRest() {
        let taken = state.withLock { state in
            state.discardable = 64 * 1024
            defer { state.held = nil }
            return state.held?.taken
        }
        taken?.succeed()
    }

    /// Releases the request: closes its connection unless the rest is to be discarded.
    func abandon(_ task: HTTPClient.Task<Void>) {
        let (taken, discards) = state.withLock { state in
            defer { state.held = nil }
            return (state.held?.taken, state.discardable != nil)
        }
        taken?.succeed()
        if discards {
            let timeout = task.eventLoop.scheduleTask(in: .seconds(2)) { task.cancel() }
            task.futureResult.whenComplete { _ in timeout.cancel() }
        } else {
            task.cancel()
        }
    }

    /// Ends the exchange when the provider is silent for too long; returns when cancelled.
    func watch() async {
        // The limit of the trailer is the shortest and can begin during this sleep, so no sleep is longer.
        var pause = min(limit(.firstEvent), Self.trailerLimit)
        while (try? await clock.sleep(for: pause)) != nil {
            let now = clock.now
            let (silence, since) = state.withLock { ($0.silence, $0.silentSince) }
            let remaining = limit(silence) - (now - (since ?? now))
            guard remaining > .zero else {
                switch silence {
                case .firstEvent: end(throwing: ProviderError(.firstByteTimeout, "no answer within \(limit(silence))"))
                case .nextEvent: end(throwing: ProviderError(.idleTimeout, "the answer stalled for \(limit(silence))"))
                case .trailer: end(.success(.end))
                }
                return
            }
            pause = min(remaining, Self.trailerLimit)
        }
    }

    private static let trailerLimit = Duration.seconds(2)

    private func limit(_ silence: Silence) -> Duration {
        switch silence {
        case .firstEvent: timeouts.firstByte
        case .nextEvent: timeouts.idle
        case .trailer: Self.trailerLimit
        }
    }

    func didReceiveHead(task: HTTPClient.Task<Void>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        deliver(.head(head), task)
    }

    func didReceiveBodyPart(task: HTTPClient.Task<Void>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        deliver(.body(buffer), task)
    }

    func didReceiveError(task: HTTPClient.Task<Void>, _ error: any Error) {
        let (answered, complete) = state.withLock { ($0.answered, $0.silence == .trailer) }
        if complete {
            end(.success(.end))
        } else if answered {
            end(throwing: ProviderError(.truncated, "the connection broke in the middle of the answer"))
        } else {
            end(throwing: ProviderError(transport: error))
        }
    }

    func didFinishRequest(task: HTTPClient.Task<Void>) { end(.success(.end)) }

    private enum Delivery {
        case handedOver(CheckedContinuation<Part, any Error>)
        case held(EventLoopFuture<Void>)
        case discarded
        case excess
    }

    private func deliver(_ part: Part, _ task: HTTPClient.Task<Void>) -> EventLoopFuture<Void> {
        let delivery = state.withLock { state -> Delivery in
            if let rest = state.discardable {
                guard case .body(let bytes) = part, bytes.readableBytes <= rest else { return .excess }
                state.discardable = rest - bytes.readableBytes
                return .discarded
            }
            state.answered = true
            if let waiter = state.waiter {
                state.waiter = nil
                return .handedOver(waiter)
            }
            if state.outcome != nil { return .discarded }
            let taken = task.eventLoop.makePromise(of: Void.self)
            state.held = (part, taken)
            return .held(taken.futureResult)
        }
        switch delivery {
        case .handedOver(let waiter): waiter.resume(returning: part)
        case .held(let taken): return taken
        case .discarded: break
        case .excess: task.cancel()
        }
        return task.eventLoop.makeSucceededVoidFuture()
    }
}
