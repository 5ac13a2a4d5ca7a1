import Foundation

/// The CPU time of the calling thread, regardless of other threads and processes.
package enum ThreadCPU {
    /// The seconds since the thread began.
    package static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Returns the seconds that `work` takes: the minimum of several runs, because other load only adds to it.
    package static func seconds(runs: Int = 3, _ work: () throws -> Void) rethrows -> Double {
        var least = Double.infinity
        for _ in 0..<runs {
            let start = now
            try work()
            least = min(least, now - start)
        }
        return least
    }
}
