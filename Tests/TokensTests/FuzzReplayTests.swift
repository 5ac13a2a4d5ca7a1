import Fuzzing
import Testing

/// The fuzzer's seeds and mutations of them, as an ordinary test.
@Suite struct FuzzReplayTests {
    @Test func `Every seed, and twenty thousand changed ones, are verified as they must be`() throws {
        #expect(try SeedCorpus.replay("TokensTests", changed: 20_000, by: TokenFuzz.check) == [])
    }
}
