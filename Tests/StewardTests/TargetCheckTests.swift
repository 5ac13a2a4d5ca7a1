import ProviderKit
import Tenants
import Testing

@testable import steward

@Suite struct TargetCheckTests {
    private func judged(
        first: Duration, whole: Duration, limit: Duration = .seconds(15), deadline: Duration = .seconds(120),
        usage: TokenUsage? = nil, provider: String = "openai"
    ) -> TargetCheck {
        let timeouts = ProviderTimeouts(firstByte: limit)
        var check = TargetCheck(
            ProviderTarget(providerID: provider, settings: ProviderSettings(timeouts: timeouts)), model: "m")
        check.firstToken = first
        check.judgeTime(whole, deadline: deadline, usage: usage)
        return check
    }

    @Test("A quick answer is good")
    func quick() {
        let check = judged(first: .seconds(7), whole: .seconds(9))
        #expect(check.problems.isEmpty && check.warnings.isEmpty)
    }

    @Test("An answer that begins near the limit is a warning, and one beyond it a problem, with a limit that suffices")
    func firstToken() {
        let near = judged(first: .milliseconds(7_600), whole: .seconds(9))
        #expect(near.problems.isEmpty)
        #expect(near.warnings.count == 1)
        #expect(near.warnings.first?.contains("after 7.6 s, which is near timeouts.first_byte (15s)") == true)
        #expect(near.warnings.first?.contains("timeouts: {first_byte: 20s}") == true)
        let late = judged(first: .seconds(64), whole: .seconds(65), deadline: .seconds(300))
        #expect(late.problem?.contains("timeouts: {first_byte: 130s}") == true)
        #expect(late.warnings.isEmpty)
        // No longer limit is allowed in a tenant's file.
        let endless = judged(first: .seconds(280), whole: .seconds(280), deadline: .seconds(300))
        #expect(endless.problem?.contains("first_byte: 300s") == true)
    }

    @Test("Two answers must fit into the deadline of a turn, and the wait for one too")
    func deadline() {
        #expect(judged(first: .seconds(1), whole: .seconds(61)).warnings.count == 1)
        #expect(judged(first: .seconds(1), whole: .seconds(121)).problems.count == 1)
        let short = judged(first: .seconds(1), whole: .seconds(2), limit: .seconds(180))
        #expect(short.warnings == ["openai: assistant.deadline (2m) ends a turn before timeouts.first_byte (3m)"])
    }

    @Test("A time that the server's cache made short is told, where the server is the operator's")
    func cache() {
        let usage = TokenUsage(inputTokens: 900, outputTokens: 5, cachedInputTokens: 890)
        let (first, whole) = (Duration.seconds(1), Duration.seconds(2))
        let own = judged(first: first, whole: whole, usage: usage, provider: "openai-compatible")
        #expect(own.warnings.count == 1)
        #expect(own.warnings.first?.contains("890 of the 900 tokens") == true)
        #expect(judged(first: first, whole: whole, usage: usage).warnings.isEmpty)
    }
}
