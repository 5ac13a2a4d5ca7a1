/// Reproducible mutations of seeds, which let an ordinary test do a part of a fuzzer's work.
package struct Mutations {
    private static let interesting: [UInt8] = [0, 1, 2, 4, 5, 7, 8, 9, 0x7f, 0x80, 0xff]

    private let seeds: [[UInt8]]
    private var random: SplitMix64

    package init(of seeds: [[UInt8]], seed: UInt64) {
        self.seeds = seeds
        self.random = SplitMix64(seed: seed)
    }

    package mutating func next() -> [UInt8] {
        var bytes = self.seeds.randomElement(using: &self.random) ?? []
        for _ in 0...Int.random(in: 0..<4, using: &self.random) { self.mutate(&bytes) }
        return bytes
    }

    private mutating func mutate(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else {
            bytes.append(UInt8.random(in: .min ... .max, using: &self.random))
            return
        }
        let index = Int.random(in: bytes.indices, using: &self.random)
        let end = min(bytes.count, index + Int.random(in: 1...16, using: &self.random))
        switch Int.random(in: 0..<7, using: &self.random) {
        case 0: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &self.random)
        case 1: bytes[index] = Self.interesting.randomElement(using: &self.random) ?? 0
        case 2: bytes.removeSubrange(index..<end)
        case 3: bytes.insert(contentsOf: bytes[index..<end], at: index)
        case 4: bytes.insert(UInt8.random(in: .min ... .max, using: &self.random), at: index)
        case 5: bytes.removeSubrange(index...)
        default:
            let other = self.seeds.randomElement(using: &self.random) ?? []
            bytes.replaceSubrange(index..., with: other.suffix(Int.random(in: 0...other.count, using: &self.random)))
        }
    }
}
