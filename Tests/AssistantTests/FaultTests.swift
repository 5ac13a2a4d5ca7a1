import JSON
import ProviderKit
import TestSupport
import Testing

@testable import Assistant

/// The sixteen faults of the public Failover Bench, over real connections with a manual clock.
@Suite(.timeLimit(.minutes(5))) struct FaultTests {
    @Test("S01: a 429 that says when to come back is waited for")
    func rateLimitedOnce() async throws {
        try await FaultRig.run { index, _ in
            index == 0 ? FaultRig.error(429, headers: [("retry-after", "2")]) : FaultRig.answer("primary")
        } _: { rig in
            let outcome = try await rig.turn()
            #expect(outcome.wholeAnswerFrom == "primary")
            #expect(rig.primaryTimes.count == 2)
            let times = rig.primaryTimes
            #expect(try #require(times.last) - #require(times.first) >= .milliseconds(1800))
            #expect(rig.backupTimes.isEmpty)
        }
    }

    @Test("S02: a 429 that stays costs few attempts, whether it says when to come back or not", arguments: [nil, "1"])
    func rateLimitedAlways(_ retryAfter: String?) async throws {
        let headers = retryAfter.map { [("retry-after", $0)] } ?? []
        try await FaultRig.run { _, _ in
            FaultRig.error(429, headers: headers)
        } _: { rig in
            let outcome = try await rig.turn()
            #expect(outcome.wholeAnswerFrom == "backup")
            let times = (rig.primaryTimes + rig.backupTimes).sorted()
            #expect(times.count { $0 < .seconds(3) } <= 4)
            #expect(times.count <= 6)
        }
    }

    @Test("S02: and so does one at both targets")
    func rateLimitedEverywhere() async throws {
        try await FaultRig.run(primary: { _, _ in FaultRig.error(429) }, backup: { _ in FaultRig.error(429) }) { rig in
            let outcome = try await rig.turn()
            #expect(outcome.error?.code == "provider_unavailable")
            #expect(rig.primaryTimes.count + rig.backupTimes.count <= 6)
        }
    }

    @Test("S03: one 500 is tried again at the same target")
    func failedOnce() async throws {
        try await FaultRig.run { index, _ in
            index == 0 ? FaultRig.error(500) : FaultRig.answer("primary")
        } _: { rig in
            let outcome = try await rig.turn()
            #expect(outcome.wholeAnswerFrom == "primary")
            #expect(rig.primaryTimes.count == 2)
        }
    }

    @Test("S04: a 503 that stays leads to the next target")
    func failedAlways() async throws {
        try await FaultRig.run { _, _ in
            FaultRig.error(503)
        } _: { rig in
            let outcome = try await rig.turn()
            #expect(outcome.wholeAnswerFrom == "backup")
            #expect(rig.primaryTimes.count == 3)
        }
    }

    @Test("S05: a connection that is reset before the head is tried again")
    func reset() async throws {
        try await FaultRig.run { index, _ in
            index == 0 ? ScriptedReply(steps: [.reset]) : FaultRig.answer("primary")
        } _: { rig in
            let outcome = try await rig.turn()
            #expect(outcome.wholeAnswerFrom == "primary")
            #expect(rig.primaryTimes.count == 2)
        }
    }

    @Test(
        "S06, S07: a target that is silent for 15 s is left after one attempt, whether its head came or not",
        arguments: [false, true])
    func silence(_ sendsHead: Bool) async throws {
        try await FaultRig.run { _, _ in
            .stream((sendsHead ? [.head, .send(": PROCESSING\n\n")] : []) + [.wait(ScriptedGate())])
        } _: { rig in
            let outcome = try await rig.turn(silentAfter: "")
            #expect(outcome.wholeAnswerFrom == "backup")
            #expect(outcome.restarts.isEmpty)
            #expect(rig.primaryTimes.count == 1)
            #expect(rig.backupTimes.allSatisfy { (.seconds(15)...(.seconds(20))).contains($0) })
        }
    }

    @Test("S08, S14: an answer that is cut after 40 tokens comes again, whole, from a target that never sees the part")
    func cut() async throws {
        for end in [[], [.close], [.reset]] as [[ScriptedReply.Step]] {
            try await FaultRig.run { _, _ in
                .stream(FaultRig.tokens(40, "primary") + end)
            } _: { rig in
                let outcome = try await rig.turn()
                #expect(outcome.wholeAnswerFrom == "backup")
                #expect(outcome.restarts == ["truncated"])
                #expect(rig.primaryTimes.count == 1)
                // A prefill, which some models refuse, would be a last message of the assistant.
                let messages = rig.backup.requests.first?.json["messages"]?.array
                #expect(messages?.map { $0["role"]?.string } == ["system", "user"])
            }
        }
    }

    @Test("S09: an answer that stalls comes again from the next target")
    func stall() async throws {
        try await FaultRig.run { _, _ in
            .stream(FaultRig.tokens(20, "primary") + [.wait(ScriptedGate())])
        } _: { rig in
            let outcome = try await rig.turn(silentAfter: "primary20 ")
            #expect(outcome.wholeAnswerFrom == "backup")
            #expect(outcome.restarts == ["idleTimeout"])
            #expect(rig.clock.now.offset < .seconds(45))
        }
    }

    @Test("S10: a damaged event in the middle of text is left out, and the answer goes on")
    func damaged() async throws {
        try await FaultRig.run { _, _ in
            .stream(
                FaultRig.tokens(9, "primary") + [.send("data: {\"choices\": [{\n\n")] + FaultRig.answer("primary").steps
            )
        } _: { rig in
            let outcome = try await rig.turn()
            #expect(outcome.wholeAnswerFrom == "primary")
            #expect(rig.primaryTimes.count == 1)
        }
    }

    @Test("S11: an answer without [DONE] on a connection that stays open is complete, with its usage")
    func noDone() async throws {
        try await FaultRig.run { _, _ in
            .stream(FaultRig.answer("primary").steps + [.wait(ScriptedGate())])
        } _: { rig in
            let outcome = try await rig.turn(silentAfter: "primary60 ")
            #expect(outcome.wholeAnswerFrom == "primary")
            #expect(outcome.finished?.usage == TokenUsage(inputTokens: 11, outputTokens: 60))
        }
    }

    @Test("S12: a conversation that is too long for one model is tried once there, then with the next one")
    func context() async throws {
        try await FaultRig.run { _, _ in
            FaultRig.error(400, "context_length_exceeded")
        } _: { rig in
            let outcome = try await rig.turn()
            #expect(outcome.wholeAnswerFrom == "backup")
            #expect(rig.primaryTimes.count == 1)
            #expect(rig.backup.requests.first?.json["model"] == "large")
        }
    }

    @Test("S12: where no model is large enough the user hears of that, whatever else went wrong")
    func contextEverywhere() async throws {
        try await FaultRig.run(
            primary: { _, _ in FaultRig.error(400, "context_length_exceeded") }, backup: { _ in FaultRig.error(401) }
        ) { rig in
            let outcome = try await rig.turn()
            guard case .provider(let error, _) = outcome.error else {
                Issue.record("\(String(describing: outcome.error))")
                return
            }
            #expect(error.kind == .context)
        }
    }

    @Test("S13: a refusal by policy is the answer")
    func policy() async throws {
        try await FaultRig.run { _, _ in
            FaultRig.error(400, "content_policy_violation")
        } _: { rig in
            let outcome = try await rig.turn()
            #expect(outcome.error?.code == "provider_rejected")
            #expect(rig.primaryTimes.count == 1)
            #expect(rig.backupTimes.isEmpty)
        }
    }

    @Test("S15: while the primary is down every turn is served, with few probes; when it is back it answers soon")
    func outage() async throws {
        try await FaultRig.run { _, now in
            now < .seconds(60) ? FaultRig.error(503) : FaultRig.answer("primary")
        } _: { rig in
            var firstFromPrimary: Duration?
            while rig.clock.now.offset < .seconds(90), firstFromPrimary == nil {
                let start = rig.clock.now.offset
                let outcome = try await rig.turn()
                let model = try #require(outcome.wholeAnswerFrom)
                if model == "primary" { firstFromPrimary = rig.clock.now.offset }
                rig.clock.advance(by: max(.zero, start + .seconds(1) - rig.clock.now.offset))
            }
            #expect(try #require(firstFromPrimary) < .seconds(90))
            // The three that opened the circuit, and a probe every five seconds.
            let whileDown = rig.primaryTimes.filter { $0 < .seconds(60) }
            #expect(whileDown.count <= 3 + 12)
        }
    }

    @Test("S16: the model and the usage that are reported are those of the target that answered")
    func reported() async throws {
        try await FaultRig.run { _, _ in
            FaultRig.error(401)
        } _: { rig in
            let outcome = try await rig.turn()
            #expect(outcome.finished?.model == "backup")
            #expect(outcome.finished?.usage == TokenUsage(inputTokens: 11, outputTokens: 60))
            #expect(rig.primaryTimes.count == 1)
        }
    }

    @Test("Money is never asked for twice", arguments: [(402, ""), (429, "insufficient_quota"), (401, ""), (403, "")])
    func money(_ status: Int, _ code: String) async throws {
        try await FaultRig.run { _, _ in
            FaultRig.error(status, code)
        } _: { rig in
            let outcome = try await rig.turn()
            #expect(outcome.wholeAnswerFrom == "backup")
            #expect(rig.primaryTimes.count == 1)
        }
    }

    @Test("A wait that is too long is not waited for, and the next turn does not ask either")
    func cooling() async throws {
        try await FaultRig.run { _, _ in
            FaultRig.error(429, headers: [("retry-after", "3600")])
        } _: { rig in
            for _ in 0..<3 {
                let outcome = try await rig.turn()
                #expect(outcome.wholeAnswerFrom == "backup")
            }
            #expect(rig.primaryTimes.count == 1)
        }
    }
}
