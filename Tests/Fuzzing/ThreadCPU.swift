import Foundation

/// The CPU time of the calling thread: what other threads and processes do does not count.
package enum ThreadCPU {
    /// Seconds since the thread began.
    package static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Seconds that `work` needs: the least of some runs, as only what disturbs them makes them differ.
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
