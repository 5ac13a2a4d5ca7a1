import Foundation

/// The CPU time of another process, including all its threads.
struct ProcessClock {
    private let clock: clockid_t

    init(_ process: pid_t) throws {
        var clock = clockid_t()
        guard clock_getcpuclockid(process, &clock) == 0 else { throw StrangerBenchmark.Failure.noProcess }
        self.clock = clock
    }

    var seconds: Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
