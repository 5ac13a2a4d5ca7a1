import Fuzzing
import Testing

/// The fuzzer's seeds and mutations of them, as an ordinary test.
@Suite(.serialized) struct OfflineFuzzReplayTests {
    @Test("Every seed is bounded work and gets a sane plan")
    func seeds() throws {
        let seeds = try SeedCorpus.load("ProvidersTests", folder: "OfflineCorpus")
        #expect(seeds.count >= 10)
        for (name, seed) in seeds { #expect(OfflineFuzz.check(seed).isEmpty, "\(name)") }
    }

    @Test("So do five hundred changed seeds")
    func mutations() throws {
        let seeds = try SeedCorpus.load("ProvidersTests", folder: "OfflineCorpus").map(\.bytes)
        var mutations = Mutations(of: seeds, seed: 1)
        for number in 0..<500 {
            let input = mutations.next()
            let findings = OfflineFuzz.check(input)
            guard findings.isEmpty else {
                let text = String(decoding: input, as: UTF8.self)
                Issue.record("number \(number), \(text): \(findings.joined(separator: "; "))")
                return
            }
        }
    }
}
