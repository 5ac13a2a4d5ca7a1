import EventLoops
import NIOCore
import ProviderKit
import Synchronization

/// An event loop that is being watched, from another thread.
final class WatchedLoop: Sendable {
    private let eventLoop: any EventLoop
    private let clock: MonotonicClock
    private let usage: @Sendable () -> ThreadUsage
    private let routes: @Sendable () -> [String]
    private let report: @Sendable (LoopStall) -> Void
    private let pulse = Mutex(LoopProbe())

    /// Creates a watched loop.
    ///
    /// - Parameters:
    ///   - usage: Returns the usage of the loop's thread.
    ///   - routes: Returns the routes of the requests in flight.
    ///   - report: Called for each stall, usually on the loop itself.
    init(
        _ eventLoop: any EventLoop, clock: MonotonicClock, usage: @escaping @Sendable () -> ThreadUsage,
        routes: @escaping @Sendable () -> [String], report: @escaping @Sendable (LoopStall) -> Void
    ) {
        self.eventLoop = eventLoop
        self.clock = clock
        self.usage = usage
        self.routes = routes
        self.report = report
    }

    func look() {
        let (now, usage) = (clock.now, usage())
        let step = pulse.withLock { $0.look(at: now, usage: usage) }
        if step == .ask {
            eventLoop.execute { self.answer() }
            return
        }
        let routes = routes()
        pulse.withLock { $0.note(routes) }
        if case .tell(let stall) = step { report(stall) }
    }

    private func answer() {
        let now = clock.now
        if let stall = pulse.withLock({ $0.answer(at: now, usage: usage) }) { report(stall) }
    }
}
