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

    /// Checks every seed, and changed copies of them up to the first with a finding.
    ///
    /// - Parameters:
    ///   - changed: The number of changed copies, the same ones each time.
    ///   - check: Returns what is wrong with an input.
    /// - Returns: A line for each seed or copy with findings.
    package static func replay(
        _ suite: String, folder: String = "Corpus", changed: Int, by check: ([UInt8]) -> [String]
    ) throws -> [String] {
        let seeds = try load(suite, folder: folder)
        var lines: [String] = []
        for (name, seed) in seeds {
            let findings = check(seed)
            if !findings.isEmpty { lines.append("\(name): \(findings.joined(separator: "; "))") }
        }
        var mutations = Mutations(of: seeds.map(\.bytes), seed: 1)
        for number in 0..<changed {
            let input = mutations.next()
            let findings = check(input)
            guard findings.isEmpty else {
                return lines + ["copy \(number), \(input): \(findings.joined(separator: "; "))"]
            }
        }
        return lines
    }
}
