import Fuzzing
import Testing

/// The fuzzer's seeds and mutations of them, as an ordinary test.
struct AnthropicFuzzReplayTests {
    @Test("Every seed, and five thousand changed ones, read the same however they are cut, and no call survives damage")
    func replay() throws {
        #expect(try SeedCorpus.load("ProvidersTests").count >= 10)
        #expect(try SeedCorpus.replay("ProvidersTests", changed: 5000, by: AnswerFuzz.checkMessages) == [])
    }
}
