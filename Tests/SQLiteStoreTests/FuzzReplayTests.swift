import Fuzzing
import TestSupport
import Testing

/// The fuzzer of imports in an ordinary test: its seeds, and changed copies of them.
@Suite(.serialized) struct FuzzReplayTests {
    @Test("Every damaged database of the seeds, and two hundred more, are refused or become good ones")
    func imports() async throws {
        let seeds = try SeedCorpus.load("SQLiteStoreTests", folder: "Corpus/Import")
        let database = try ImportFuzz.seed()
        try await TemporaryFolder.with { folder in
            for (name, seed) in seeds {
                let findings = ImportFuzz.check(seed, seed: database, folder: folder.path)
                #expect(findings.isEmpty, "\(name): \(findings)")
            }
            var random = SplitMix64(seed: 1)
            for number in 0..<200 {
                // A few edits, each of a few bytes.
                var input: [UInt8] = []
                for _ in 0..<Int.random(in: 1...3, using: &random) {
                    let count = UInt8.random(in: 1...9, using: &random)
                    input += (0..<4).map { _ in UInt8.random(in: 0...255, using: &random) } + [count]
                    input += (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
                }
                let findings = ImportFuzz.check(input, seed: database, folder: folder.path)
                guard findings.isEmpty else {
                    Issue.record("number \(number), \(input): \(findings.joined(separator: "; "))")
                    return
                }
            }
        }
    }
}
