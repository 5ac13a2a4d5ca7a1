import Fuzzing
import Testing

/// The fuzzer of recurrence rules in an ordinary test: its seeds, and changed copies of them.
@Suite(.serialized) struct FuzzReplayTests {
    @Test("Every recurrence rule of the seeds, and four thousand changed ones, are searched within their bounds")
    func recurrence() throws {
        let seeds = try SeedCorpus.load("TodoStoreTests", folder: "Corpus/Recurrence")
        #expect(seeds.count >= 12)
        for (name, seed) in seeds { #expect(RecurrenceFuzz.check(seed).isEmpty, "\(name)") }
        var mutations = Mutations(of: seeds.map(\.bytes), seed: 1)
        for number in 0..<4000 {
            let input = mutations.next()
            let findings = RecurrenceFuzz.check(input)
            guard findings.isEmpty else {
                Issue.record("number \(number), \(input): \(findings.joined(separator: "; "))")
                return
            }
        }
    }
}
