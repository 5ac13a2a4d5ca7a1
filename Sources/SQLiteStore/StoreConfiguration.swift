import Foundation
import TodoStore

/// The data folder and the limits on open databases and on the work of one request.
package struct StoreConfiguration: Sendable {
    package var folder: String
    /// Databases that are open at once; each takes two file descriptors and 60 KB.
    package var capacity: Int
    /// Requests that may wait for a database to open.
    package var maxWaiting: Int

    /// The time of a thread that one transaction may take; a bulk of a thousand tasks takes 0.1 s.
    package var workLimit: Duration
    /// The time that the calling thread has computed so far.
    package var workClock: @Sendable () -> Duration

    package init(
        folder: String, capacity: Int = 1000, maxWaiting: Int = 1000, workLimit: Duration = .seconds(5),
        workClock: @escaping @Sendable () -> Duration = StoreConfiguration.threadTime
    ) {
        self.folder = folder
        self.capacity = max(capacity, 1)
        // Without anyone waiting for room, no room would be made.
        self.maxWaiting = max(maxWaiting, 1)
        self.workLimit = workLimit
        self.workClock = workClock
    }

    /// CPU time of the calling thread.
    package static let threadTime: @Sendable () -> Duration = {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
