import Fuzzing
import Testing

/// The fuzzer's seeds and mutations of them, as an ordinary test.
@Suite struct FuzzReplayTests {
    @Test("Every seed, and five thousand changed ones, are read as tables, each byte once")
    func replay() throws {
        #expect(try SeedCorpus.replay("TodoAPITests", changed: 5000, by: CSVFuzz.check) == [])
    }
}
