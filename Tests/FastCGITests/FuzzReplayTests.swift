import Fuzzing
import Testing

/// The fuzzer's seeds and mutations of them, as an ordinary test.
struct FuzzReplayTests {
    @Test("Every seed, cut and answered in every way, is served as it must be")
    func seeds() throws {
        for (name, seed) in try SeedCorpus.load("FastCGITests") {
            for behaviour in UInt8.min...127 {
                let findings = FastCGIFuzz.check([behaviour, seed.count > 1 ? seed[1] : 0] + seed.dropFirst(2))
                #expect(findings.isEmpty, "\(name), \(behaviour)")
            }
        }
    }

    @Test("Twenty thousand changed seeds are served as they must be")
    func mutations() throws {
        var mutations = Mutations(of: try SeedCorpus.load("FastCGITests").map(\.bytes), seed: 1)
        for number in 0..<20_000 {
            let input = mutations.next()
            let findings = FastCGIFuzz.check(input)
            guard findings.isEmpty else {
                Issue.record("number \(number), \(input): \(findings.joined(separator: "; "))")
                return
            }
        }
    }
}
