/// The CPU and waiting time of a thread since its start.
struct ThreadUsage: Sendable, Hashable {
    /// The time on a core.
    var running: Duration
    /// The time in the queue for a core; nil where the kernel does not count it.
    var waiting: Duration?

    init(running: Duration = .zero, waiting: Duration? = .zero) {
        self.running = running
        self.waiting = waiting
    }

    /// Returns the difference from an earlier reading.
    func since(_ earlier: ThreadUsage) -> ThreadUsage {
        let waited: Duration? =
            if let waiting, let before = earlier.waiting { waiting - before } else { nil }
        return ThreadUsage(running: running - earlier.running, waiting: waited)
    }
}
