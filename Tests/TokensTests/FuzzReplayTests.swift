import Fuzzing
import Testing

/// The fuzzer's seeds and mutations of them, as an ordinary test.
@Suite struct FuzzReplayTests {
    @Test func `Every seed, and twenty thousand changed ones, are verified as they must be`() throws {
        let seeds = try SeedCorpus.load("TokensTests")
        for (name, seed) in seeds { #expect(TokenFuzz.check(seed).isEmpty, "\(name)") }
        var mutations = Mutations(of: seeds.map(\.bytes), seed: 1)
        for number in 0..<20_000 {
            let input = mutations.next()
            let findings = TokenFuzz.check(input)
            guard findings.isEmpty else {
                Issue.record("number \(number), \(input): \(findings.joined(separator: "; "))")
                return
            }
        }
    }
}
