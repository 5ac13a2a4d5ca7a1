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
        #expect(try SeedCorpus.replay("FastCGITests", changed: 20_000, by: FastCGIFuzz.check) == [])
    }
}
