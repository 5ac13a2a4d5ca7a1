import Fuzzing
import Testing

/// The fuzzer's seeds and mutations of them, as an ordinary test.
struct AnthropicFuzzReplayTests {
    @Test("Every seed reads the same however it is cut, and no call survives damage")
    func seeds() throws {
        let seeds = try SeedCorpus.load("ProvidersTests")
        #expect(seeds.count >= 10)
        for (name, seed) in seeds {
            #expect(AnswerFuzz.checkMessages(seed).isEmpty, "\(name)")
        }
    }

    @Test("So do five thousand changed seeds")
    func mutations() throws {
        var mutations = Mutations(of: try SeedCorpus.load("ProvidersTests").map(\.bytes), seed: 1)
        for number in 0..<5_000 {
            let input = mutations.next()
            let findings = AnswerFuzz.checkMessages(input)
            guard findings.isEmpty else {
                let text = String(decoding: input, as: UTF8.self)
                Issue.record("number \(number), \(text): \(findings.joined(separator: "; "))")
                return
            }
        }
    }
}
