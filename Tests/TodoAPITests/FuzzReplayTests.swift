import Fuzzing
import Testing

/// The fuzzer's seeds and mutations of them, as an ordinary test.
@Suite struct FuzzReplayTests {
    @Test("Every seed, and five thousand changed ones, are read as tables, each byte once")
    func replay() throws {
        let seeds = try SeedCorpus.load("TodoAPITests")
        for (name, seed) in seeds { #expect(CSVFuzz.check(seed).isEmpty, "\(name)") }
        var mutations = Mutations(of: seeds.map(\.bytes), seed: 1)
        for number in 0..<5_000 {
            let input = mutations.next()
            let findings = CSVFuzz.check(input)
            guard findings.isEmpty else {
                Issue.record("number \(number), \(input): \(findings.joined(separator: "; "))")
                return
            }
        }
    }
}
