/// The signs of life of one event loop: when it was asked for one, and what has gone on since.
struct LoopProbe {
    /// The action after a look at the loop.
    enum Step: Equatable {
        /// Ask the loop for a sign of life.
        case ask
        /// Wait for the one that it owes, and note what is in flight.
        case wait
        /// The same, and tell of a stall that goes on.
        case tell(LoopStall)
    }

    /// A loop that is silent for so long may never speak again: then its stall is told before it has ended.
    static let reportingDelay = Duration.seconds(5)

    private struct Question {
        let askedAt: Duration
        let usage: ThreadUsage
        var routes: [String] = []
        var isTold = false
    }

    private var question: Question?

    mutating func look(at now: Duration, usage: ThreadUsage) -> Step {
        guard let question else {
            question = Question(askedAt: now, usage: usage)
            return .ask
        }
        guard !question.isTold, now - question.askedAt > Self.reportingDelay else { return .wait }
        self.question?.isTold = true
        var stall = Self.stall(question, now, usage)
        stall.goesOn = true
        return .tell(stall)
    }

    /// Notes the routes in flight while an answer is owed.
    mutating func note(_ routes: [String]) { question?.routes = routes }

    /// Takes the answer; tells the stall that it ends, if it was one.
    mutating func answer(at now: Duration, usage: () -> ThreadUsage) -> LoopStall? {
        guard let question else { return nil }
        self.question = nil
        return now - question.askedAt > LoopStall.limit ? Self.stall(question, now, usage()) : nil
    }

    private static func stall(_ question: Question, _ now: Duration, _ usage: ThreadUsage) -> LoopStall {
        LoopStall(
            duration: now - question.askedAt, usage: usage.since(question.usage), routes: question.routes)
    }
}
