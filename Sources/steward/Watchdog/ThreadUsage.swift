/// What a thread has had of the machine since it began.
struct ThreadUsage: Sendable, Hashable {
    /// Its time on a core.
    var running: Duration
    /// Its time without one although it had work; nil where the kernel does not count it.
    var waiting: Duration?

    init(running: Duration = .zero, waiting: Duration? = .zero) {
        self.running = running
        self.waiting = waiting
    }

    /// What was added since an earlier reading.
    func since(_ earlier: ThreadUsage) -> ThreadUsage {
        let waited: Duration? =
            if let waiting, let before = earlier.waiting { waiting - before } else { nil }
        return ThreadUsage(running: running - earlier.running, waiting: waited)
    }
}
