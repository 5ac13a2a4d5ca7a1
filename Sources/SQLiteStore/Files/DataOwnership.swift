package import Files
import Synchronization
import TodoStore

/// The ownership of the data by this process, taken at the start or from the previous process.
package final class DataOwnership: Sendable {
    private let folder: String
    private let lock = Mutex<DataLock?>(nil)

    package init(folder: String) { self.folder = folder }

    package var isHeld: Bool { lock.withLock { $0 != nil } }

    /// Takes the lock now.
    ///
    /// - Throws: `DataLockError`.
    package func take() throws(DataLockError) {
        let taken = try DataLock(folder: folder)
        lock.withLock { $0 = taken }
    }

    /// Takes the lock when its holder releases it; polls every few milliseconds, because a waiting `flock` blocks a
    /// thread.
    ///
    /// - Throws: `DataLockError` when `patience` has passed, `CancellationError`.
    package func take(within patience: Duration, clock: some Clock<Duration> = ContinuousClock()) async throws {
        let end = clock.now.advanced(by: patience)
        while !isHeld {
            do {
                try take()
            } catch DataLockError.held where clock.now < end {
                try await clock.sleep(for: .milliseconds(5))
            }
        }
    }

    /// Releases the data when nothing uses it any more.
    package func release() { lock.withLock { $0 = nil } }
}
