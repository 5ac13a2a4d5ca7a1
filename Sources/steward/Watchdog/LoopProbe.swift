/// The state of one watched event loop: its last question, and the requests in flight since.
struct LoopProbe {
    /// The action after a check of the loop.
    enum Step: Equatable {
        /// Send a question to the loop.
        case ask
        /// Wait for the answer, and record the requests in flight.
        case wait
        /// Wait for the answer, and report a stall that continues.
        case tell(LoopStall)
    }

    /// The silence after which a stall is reported before its end, because the loop may never answer.
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

    /// Records the routes in flight while an answer is due.
    mutating func note(_ routes: [String]) { question?.routes = routes }

    /// Records the answer; returns the stall that it ends, if any.
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
