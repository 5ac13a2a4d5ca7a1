import Fuzzing
import Testing

/// The fuzzer's seeds and mutations of them, as an ordinary test.
@Suite(.serialized) struct OfflineFuzzReplayTests {
    @Test("Every seed, and five hundred changed ones, are bounded work and get a sane plan")
    func replay() throws {
        #expect(try SeedCorpus.load("ProvidersTests", folder: "OfflineCorpus").count >= 10)
        let findings = try SeedCorpus.replay(
            "ProvidersTests", folder: "OfflineCorpus", changed: 500, by: OfflineFuzz.check)
        #expect(findings == [])
    }
}
