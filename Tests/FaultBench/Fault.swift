import JSON
import TestSupport

/// A fault: the replies of the tenant's two targets, and the required outcome.
struct Fault: Sendable {
    let id: String
    let what: String
    /// The reply of a target, `primary` or `backup`, to the request with this number.
    let reply: @Sendable (_ target: String, _ index: Int, _ request: ScriptedRequest) -> ScriptedReply
    /// Returns the reason why the observation is wrong; nil when it is right.
    let judge: @Sendable (FaultObservation) -> String?
    /// The number of turns, one after another.
    var turns = 1

    func tenant(_ url: String) -> String {
        """
        provider: openai-compatible
        fallbacks: [openrouter]
        limits: {chats_per_minute: 1000}
        providers:
          openai-compatible: {base_url: "\(url)/\(id)/primary", model: primary, allow_private: true}
          openrouter: {base_url: "\(url)/\(id)/backup", model: backup, allow_private: true, api_key: "env:PATH"}

        """
    }

    func play(_ site: Deployment, _ log: AttemptLog) async throws -> FaultRow {
        let token = try await site.token(id, "alice")
        let start = ContinuousClock.now
        var turns: [FaultTurn] = []
        for number in 0..<self.turns {
            let begin = ContinuousClock.now
            let events = try await site.curl.stream(
                "POST", "/api/alice/chat", token: token, body: #"{"message":"Tell me a story"}"#
            ) { stream in
                // A failure before the head is an ordinary error response, not a stream.
                (try? await stream.end()) ?? []
            }
            turns.append(FaultTurn(events, begin: begin, duration: .now - begin))
            if self.turns > 1 {
                try await Task.sleep(until: start + .seconds(number + 1), clock: .continuous)
            }
        }
        let attempts = log.attempts(id)
        let observation = FaultObservation(turns: turns, attempts: attempts, start: start)
        return FaultRow(
            id: id, what: what, failure: judge(observation), attempts: attempts.count,
            duration: turns.reduce(.zero) { max($0, $1.duration) })
    }
}

/// A turn as its user saw it.
struct FaultTurn: Sendable {
    private(set) var text = ""
    private(set) var restarts = 0
    private(set) var done: JSONValue?
    private(set) var error: JSONValue?
    let begin: ContinuousClock.Instant
    let duration: Duration

    init(_ events: [EventStream.Event], begin: ContinuousClock.Instant, duration: Duration) {
        self.begin = begin
        self.duration = duration
        for event in events {
            switch event.name {
            case "message": text += event.data["content"]?.string ?? ""
            case "restart":
                text = ""
                restarts += 1
            case "done": done = event.data
            case "error": error = event.data
            default: break
            }
        }
    }

    /// The target whose complete answer was shown; nil when the answer is incomplete or has no end.
    var wholeAnswerFrom: String? {
        guard let done, let target = done["model"]?.string else { return nil }
        return text == FaultReplies.text(target) ? target : nil
    }
}

/// The observation of one fault.
struct FaultObservation: Sendable {
    let turns: [FaultTurn]
    let attempts: [AttemptLog.Attempt]
    let start: ContinuousClock.Instant

    var turn: FaultTurn { turns[0] }
    func count(_ target: String) -> Int { attempts.count { $0.target == target } }

    /// Checks the usual outcome: a complete answer of this target, after this number of attempts at the primary, within
    /// this time.
    func expect(
        _ target: String, primary: ClosedRange<Int>, within limit: Duration, restarts: Int = 0
    ) -> String? {
        if turn.wholeAnswerFrom != target {
            return "no whole answer from \(target): \(turn.done?.text ?? turn.error?.text ?? "no end")"
        }
        if !primary.contains(count("primary")) { return "\(count("primary")) attempts at the primary" }
        if turn.restarts != restarts { return "\(turn.restarts) restarts" }
        return turn.duration <= limit ? nil : "too slow"
    }
}
