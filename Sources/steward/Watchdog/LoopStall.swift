/// A period in which an event loop did not answer, and the activity of its thread.
struct LoopStall: Sendable, Hashable {
    /// The reason why the loop did not answer.
    enum Cause: String, Sendable, CaseIterable {
        /// Computing: a defect of this program.
        case busy
        /// Waiting in a system call or for a lock: a defect of this program.
        case blocked
        /// Waiting for a core: the machine was busy.
        case starved
    }

    /// The maximum time without an answer that is not a stall.
    static let limit = Duration.milliseconds(250)

    let duration: Duration
    let usage: ThreadUsage
    /// The routes of the requests in flight, with their counts.
    let routes: [String]
    /// Whether the stall continues.
    var goesOn = false

    /// The time neither on a core nor in the queue for one; zero where the kernel does not count the latter.
    var blocked: Duration { max(.zero, duration - usage.running - (usage.waiting ?? (duration - usage.running))) }

    var cause: Cause {
        guard usage.running + blocked > Self.limit else { return .starved }
        return usage.running >= blocked ? .busy : .blocked
    }
}
