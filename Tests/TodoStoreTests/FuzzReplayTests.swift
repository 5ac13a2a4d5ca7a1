import Fuzzing
import Testing

/// The fuzzer of recurrence rules in an ordinary test: its seeds, and changed copies of them.
@Suite(.serialized) struct FuzzReplayTests {
    @Test("Every recurrence rule of the seeds, and four thousand changed ones, are searched within their bounds")
    func recurrence() throws {
        #expect(try SeedCorpus.load("TodoStoreTests", folder: "Corpus/Recurrence").count >= 12)
        let findings = try SeedCorpus.replay(
            "TodoStoreTests", folder: "Corpus/Recurrence", changed: 4000, by: RecurrenceFuzz.check)
        #expect(findings == [])
    }
}
