package import NIOCore

/// The continuous clock, with sleeps that wait on the event loop of the sleeper.
///
/// A sleep that is cancelled leaves nothing behind. `ContinuousClock` keeps the timer of each until its time has come: a
/// turn sets several, and nearly all of them are cancelled long before.
package struct EventLoopClock: Clock {
    package typealias Instant = ContinuousClock.Instant

    private let group: any EventLoopGroup

    package init(_ group: any EventLoopGroup) { self.group = group }

    package var now: Instant { .now }
    package var minimumResolution: Duration { .zero }

    package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        // From outside of the group this is any of its loops.
        let timer = group.any().scheduleTask(in: TimeAmount(now.duration(to: deadline))) {}
        do {
            try await withTaskCancellationHandler {
                try await timer.futureResult.get()
            } onCancel: {
                timer.cancel()
            }
        } catch {
            throw CancellationError()
        }
    }
}
