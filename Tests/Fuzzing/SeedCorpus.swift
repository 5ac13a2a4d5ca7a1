import Foundation

/// The seeds of a fuzzer, one file each, in a folder next to the test that replays them.
package enum SeedCorpus {
    /// Loads the seeds.
    ///
    /// - Parameters:
    ///   - suite: The folder of the test suite in `Tests`.
    ///   - folder: The folder of the seeds in it.
    package static func load(_ suite: String, folder name: String = "Corpus") throws -> [(name: String, bytes: [UInt8])]
    {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(components: suite).appending(path: name)
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
            .map { ($0.lastPathComponent, Array(try Data(contentsOf: $0))) }
    }
}
