import Foundation

/// The seeds of a fuzzer, one file each, in a folder next to the test that replays them.
package enum SeedCorpus {
    /// - Parameters:
    ///   - suite: the folder of the test suite in `Tests`.
    ///   - fuzzer: the folder in its corpus, where the suite replays several fuzzers.
    package static func load(_ suite: String, _ fuzzer: String = "") throws -> [(name: String, bytes: [UInt8])] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(components: suite, "Corpus", fuzzer)
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
            .map { ($0.lastPathComponent, Array(try Data(contentsOf: $0))) }
    }
}
