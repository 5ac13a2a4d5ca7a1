/// A type-erased clock: the time since its creation, and a sleep.
package struct MonotonicClock: Sendable {
    private let elapsed: @Sendable () -> Duration
    private let wait: @Sendable (Duration) async throws -> Void

    package init(_ clock: some Clock<Duration>) {
        let start = clock.now
        elapsed = { start.duration(to: clock.now) }
        wait = { try await clock.sleep(for: $0) }
    }

    package var now: Duration { elapsed() }

    package func sleep(for duration: Duration) async throws { try await wait(duration) }
}
