import NIOCore
import ProviderKit
import ServiceLifecycle

/// Asks each event loop for a sign of life, and tells of those that gave none for too long.
///
/// It runs on no event loop. Asking takes a loop about ten microseconds each time, a ten-thousandth of its time.
struct LoopWatchdog: Service {
    static let pause = Duration.milliseconds(100)

    let eventLoops: [any EventLoop]
    let clock: ProviderClock
    /// The routes of the requests in flight.
    let routes: @Sendable () -> [String]
    let report: @Sendable (LoopStall) -> Void
    /// Runs on a loop, whose thread it is to measure.
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
