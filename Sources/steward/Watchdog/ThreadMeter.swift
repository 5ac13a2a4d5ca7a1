import Foundation

/// A meter for the thread on which it was created, which can be read from any thread.
final class ThreadMeter: Sendable {
    private let clock: clockid_t
    /// The thread's `schedstat`: nanoseconds on a core, nanoseconds in the queue for one, and a count.
    private let schedule: Int32

    init() {
        var clock = clockid_t()
        // Fails only for a thread that has ended.
        pthread_getcpuclockid(pthread_self(), &clock)
        self.clock = clock
        schedule = open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC)
    }

    deinit { if schedule >= 0 { close(schedule) } }

    /// The current usage; two system calls, about two microseconds.
    var usage: ThreadUsage {
        // A timespec whose members cannot be accessed by name, because C modules of several packages define it.
        var time = (seconds: 0, nanoseconds: 0)
        withUnsafeMutableBytes(of: &time) { bytes in
            if let time = bytes.baseAddress { clock_gettime(clock, time.assumingMemoryBound(to: timespec.self)) }
        }
        return ThreadUsage(
            running: .seconds(time.seconds) + .nanoseconds(time.nanoseconds),
            waiting: queued.map { .nanoseconds($0) })
    }

    private var queued: Int64? {
        guard schedule >= 0 else { return nil }
        var bytes = [UInt8](repeating: 0, count: 96)
        let count = pread(schedule, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        let fields = bytes.prefix(count).split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
        return fields.count > 1 ? Int64(String(decoding: fields[1], as: UTF8.self)) : nil
    }
}
