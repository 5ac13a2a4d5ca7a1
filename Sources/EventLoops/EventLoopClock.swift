package import NIOCore

/// The continuous clock, with sleeps that wait on the event loop of the caller.
///
/// A cancelled sleep leaves no timer behind, unlike that of `ContinuousClock`, which keeps each timer until its time. A
/// turn sets several, and nearly all are cancelled early.
package struct EventLoopClock: Clock {
    package typealias Instant = ContinuousClock.Instant

    private let group: any EventLoopGroup

    package init(_ group: any EventLoopGroup) { self.group = group }

    package var now: Instant { .now }
    package var minimumResolution: Duration { .zero }

    package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        // Outside of the group this is any of its loops.
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
