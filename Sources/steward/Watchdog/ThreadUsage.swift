/// The CPU and waiting time of a thread since it began.
struct ThreadUsage: Sendable, Hashable {
    /// Time on a core.
    var running: Duration
    /// Time without one although there was work; nil where the kernel does not count it.
    var waiting: Duration?

    init(running: Duration = .zero, waiting: Duration? = .zero) {
        self.running = running
        self.waiting = waiting
    }

    /// The difference to an earlier reading.
    func since(_ earlier: ThreadUsage) -> ThreadUsage {
        let waited: Duration? =
            if let waiting, let before = earlier.waiting { waiting - before } else { nil }
        return ThreadUsage(running: running - earlier.running, waiting: waited)
    }
}
