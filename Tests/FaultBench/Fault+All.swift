import JSON
import Synchronization
import TestSupport

extension Fault {
    /// Creates a fault of the primary; the backup answers.
    private init(
        _ id: String, _ what: String, primary: @escaping @Sendable (Int) -> ScriptedReply,
        _ judge: @escaping @Sendable (FaultObservation) -> String?
    ) {
        self.init(
            id: id, what: what,
            reply: { target, index, _ in target == "primary" ? primary(index) : FaultReplies.answer("backup") },
            judge: judge)
    }

    private static let whole = FaultReplies.answer("primary")

    static let all: [Fault] = [
        Fault("s01", "429 with Retry-After 2") { index in
            index == 0 ? FaultReplies.error(429, headers: [("retry-after", "2")]) : whole
        } _: { seen in
            guard let failure = seen.expect("primary", primary: 2...2, within: .seconds(10)) else {
                return seen.attempts[1].time - seen.attempts[0].time >= .milliseconds(1800)
                    ? nil : "came back too early"
            }
            return failure
        },
        Fault("s02", "429 that stays") { _ in
            FaultReplies.error(429)
        } _: { seen in
            let early = seen.attempts.count { $0.time - seen.attempts[0].time < .seconds(3) }
            if early > 4 { return "\(early) attempts in 3 s" }
            return seen.attempts.count > 6
                ? "\(seen.attempts.count) attempts" : seen.expect("backup", primary: 1...5, within: .seconds(15))
        },
        Fault("s03", "one 500") {
            $0 == 0 ? FaultReplies.error(500) : whole
        } _: {
            $0.expect("primary", primary: 2...2, within: .seconds(5))
        },
        Fault("s04", "503 that stays") { _ in
            FaultReplies.error(503)
        } _: {
            $0.expect("backup", primary: 1...3, within: .seconds(10))
        },
        Fault("s05", "reset before the head") {
            $0 == 0 ? ScriptedReply(steps: [.reset]) : whole
        } _: {
            $0.expect("primary", primary: 2...2, within: .seconds(5))
        },
        Fault("s06", "silence") { _ in
            ScriptedReply(steps: [.wait(ScriptedGate())])
        } _: {
            $0.expect("backup", primary: 1...1, within: .seconds(25))
        },
        Fault("s07", "first token after 20 s") { _ in
            .stream([.head, .pause(.seconds(20))] + whole.steps)
        } _: {
            $0.expect("backup", primary: 1...1, within: .seconds(19))
        },
        Fault("s08", "cut after 40 of 60 tokens") { _ in
            .stream(FaultReplies.tokens(40, "primary") + [.close])
        } _: {
            $0.expect("backup", primary: 1...1, within: .seconds(5), restarts: 1)
        },
        Fault("s09", "stall of 30 s after 20 tokens") { _ in
            .stream(FaultReplies.tokens(20, "primary") + [.pause(.seconds(30))] + whole.steps)
        } _: {
            $0.expect("backup", primary: 1...1, within: .seconds(45), restarts: 1)
        },
        Fault("s10", "invalid JSON at the 10th event") { _ in
            .stream(
                FaultReplies.tokens(9, "primary") + [.send("data: {\"choices\": [{\n\n")] + whole.steps.dropFirst(9))
        } _: {
            $0.expect("primary", primary: 1...1, within: .seconds(5))
        },
        Fault("s11", "no [DONE], and an open connection") { _ in
            .stream(FaultReplies.tokens(60, "primary") + FaultReplies.end("primary") + [.wait(ScriptedGate())])
        } _: { seen in
            seen.expect("primary", primary: 1...1, within: .seconds(8))
                ?? (seen.turn.done?["usage"]?["output_tokens"] == 60 ? nil : "no usage")
        },
        Fault("s12", "400 context_length_exceeded") { _ in
            FaultReplies.error(400, "context_length_exceeded")
        } _: {
            $0.expect("backup", primary: 1...1, within: .seconds(5))
        },
        Fault("s13", "400 content policy") { _ in
            FaultReplies.error(400, "content_policy_violation")
        } _: { seen in
            if seen.turn.done != nil { return "an answer" }
            return seen.attempts.count == 1 ? nil : "\(seen.attempts.count) attempts"
        },
        Fault(
            id: "s14", what: "cut, and a fallback that rejects prefill",
            reply: { target, _, request in
                if target == "primary" { return .stream(FaultReplies.tokens(40, "primary") + [.close]) }
                let last = request.json["messages"]?.array?.last?["role"]
                return last == "assistant" ? FaultReplies.error(400, "no prefill") : FaultReplies.answer("backup")
            }, judge: { $0.expect("backup", primary: 1...1, within: .seconds(5), restarts: 1) }),
        outage,
        Fault("s16", "the model and usage that are reported") { _ in
            FaultReplies.error(404)
        } _: { seen in
            seen.expect("backup", primary: 1...1, within: .seconds(5))
                ?? (seen.turn.done?["usage"]?["input_tokens"] == 11 ? nil : "no usage")
        },
    ]

    /// The primary is down for a minute, with one turn per second.
    private static let outage: Fault = {
        let down = Duration.seconds(60)
        let start = Mutex<ContinuousClock.Instant?>(nil)
        return Fault(
            id: "s15", what: "primary down for 60 s under steady traffic",
            reply: { target, _, _ in
                guard target == "primary" else { return FaultReplies.answer("backup") }
                let begin = start.withLock { start in
                    if start == nil { start = .now }
                    return start ?? .now
                }
                return ContinuousClock.now - begin < down ? FaultReplies.error(503) : FaultReplies.answer("primary")
            },
            judge: { seen in
                guard let first = seen.attempts.first?.time else { return "no attempt" }
                let lost = seen.turns.count { $0.wholeAnswerFrom == nil }
                if lost > 0 { return "\(lost) of \(seen.turns.count) turns not served" }
                let probes = seen.attempts.count { $0.target == "primary" && $0.time - first < down }
                if probes > 20 { return "\(probes) attempts at a primary that is down" }
                guard let back = seen.turns.first(where: { $0.wholeAnswerFrom == "primary" }) else {
                    return "never back"
                }
                return back.begin - first < down + .seconds(30) ? nil : "back too late"
            }, turns: 90)
    }()
}
