import Fuzzing
import Testing

/// The fuzzer's seeds and mutations of them, as an ordinary test.
struct FuzzReplayTests {
    @Test("Every seed, and five thousand changed ones, read the same however they are cut, and no call survives damage")
    func replay() throws {
        #expect(try SeedCorpus.load("ProviderKitTests").count >= 28)
        #expect(try SeedCorpus.replay("ProviderKitTests", changed: 5000, by: AnswerFuzz.checkChatCompletions) == [])
    }
}
