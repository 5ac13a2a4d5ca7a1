import EventLoops
import NIOCore
import ProviderKit
import ServiceLifecycle

/// A service that checks each event loop regularly and reports those that do not answer in time.
///
/// It runs on no event loop. A check takes a loop about ten microseconds, a ten-thousandth of its time.
struct LoopWatchdog: Service {
    static let pause = Duration.milliseconds(100)

    let eventLoops: [any EventLoop]
    let clock: MonotonicClock
    /// The routes of the requests in flight.
    let routes: @Sendable () -> [String]
    let report: @Sendable (LoopStall) -> Void
    /// Returns the usage of the current thread; called on a loop.
    var measure: @Sendable () -> @Sendable () -> ThreadUsage = {
        let meter = ThreadMeter()
        return { meter.usage }
    }

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            let loops = try await watchedLoops()
            while true {
                for loop in loops { loop.look() }
                try await clock.sleep(for: Self.pause)
            }
        }
    }

    private func watchedLoops() async throws -> [WatchedLoop] {
        var loops: [WatchedLoop] = []
        for eventLoop in eventLoops {
            let usage = try await eventLoop.submit(measure).get()
            loops.append(WatchedLoop(eventLoop, clock: clock, usage: usage, routes: routes, report: report))
        }
        return loops
    }
}
