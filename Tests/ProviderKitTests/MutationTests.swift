import Foundation
import TestSupport
import Testing

/// What the fuzzer looks for, over its corpus and a fixed number of mutations of it.
@Suite struct MutationTests {
    private static let seeds: [(name: String, bytes: [UInt8])] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Corpus")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().map { name in
            (name, [UInt8]((try? Data(contentsOf: folder.appending(path: name))) ?? Data()))
        }
    }()

    @Test("The corpus is there")
    func corpus() {
        #expect(Self.seeds.count >= 28)
        #expect(Self.seeds.allSatisfy { !$0.bytes.isEmpty })
    }

    @Test("An answer reads the same however it is cut, mutated or not", arguments: seeds.map(\.name))
    func mutations(_ name: String) throws {
        let original = try #require(Self.seeds.first { $0.name == name }).bytes
        var generator = SeededGenerator(seed: UInt64(name.utf8.reduce(5381) { ($0 &* 33) ^ Int($1) } & 0xFFFF))
        for round in 0..<60 {
            var bytes = original
            for _ in 0..<min(round, 6) { Self.mutate(&bytes, using: &generator) }
            #expect(DecoderCheck.failure(of: bytes) == nil, "\(String(decoding: bytes, as: UTF8.self))")
        }
    }

    private static func mutate(_ bytes: inout [UInt8], using generator: inout SeededGenerator) {
        guard !bytes.isEmpty else { return }
        let start = Int.random(in: 0..<bytes.count, using: &generator)
        let end = min(bytes.count, start + Int.random(in: 1...40, using: &generator))
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: bytes[start] = UInt8.random(in: .min ... .max, using: &generator)
        case 1: bytes.removeSubrange(start..<end)
        case 2: bytes.insert(contentsOf: bytes[start..<end], at: Int.random(in: 0...bytes.count, using: &generator))
        case 3: bytes.insert("{}[]\":,\n\r \\".utf8.randomElement(using: &generator) ?? 0, at: start)
        default:
            // Two answers that a proxy has mixed up.
            let other = seeds.randomElement(using: &generator)?.bytes ?? []
            bytes.insert(contentsOf: other.prefix(Int.random(in: 0...200, using: &generator)), at: start)
        }
    }
}
