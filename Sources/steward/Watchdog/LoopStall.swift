/// A time in which an event loop gave no sign of life, and what its thread did meanwhile.
struct LoopStall: Sendable, Hashable {
    /// The reason for which the loop did not answer.
    enum Cause: String, Sendable, CaseIterable {
        /// Busy computing: a fault of ours.
        case busy
        /// Asleep in a system call or at a lock: a fault of ours.
        case blocked
        /// Without a core: the machine was busy with something else.
        case starved
    }

    /// The longest time without a sign of life that is none.
    static let limit = Duration.milliseconds(250)

    let duration: Duration
    let usage: ThreadUsage
    /// The routes of the requests in flight, with their numbers.
    let routes: [String]
    /// Whether it goes on.
    var goesOn = false

    /// The time asleep: neither on a core nor in the queue for one. None where the kernel does not count the latter.
    var blocked: Duration { max(.zero, duration - usage.running - (usage.waiting ?? (duration - usage.running))) }

    var cause: Cause {
        guard usage.running + blocked > Self.limit else { return .starved }
        return usage.running >= blocked ? .busy : .blocked
    }
}
