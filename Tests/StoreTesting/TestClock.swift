import Synchronization
package import Time

/// A clock that only the test moves.
package final class TestClock: Sendable {
    private let milliseconds = Mutex(1_795_377_249_000)

    package init() {}

    package var now: Timestamp { milliseconds.withLock { Timestamp(milliseconds: $0) } }
    package var read: @Sendable () -> Timestamp { { self.now } }

    package func advance(seconds: Int) { milliseconds.withLock { $0 += seconds * 1000 } }
}
