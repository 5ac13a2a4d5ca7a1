/// A word as its spelling is compared: scalar by scalar, so that no combining mark makes it slow.
struct Spelling: Sendable, Hashable {
    let scalars: [UInt32]
    /// A bit for each letter that the word has, 32 of them for all scripts: most words that differ, differ here.
    let letters: UInt32

    init(_ scalars: some Sequence<Unicode.Scalar>) {
        self.scalars = scalars.map(\.value)
        letters = self.scalars.reduce(0) { $0 | 1 << ($1 & 31) }
    }

    init(_ word: String) { self.init(word.unicodeScalars) }
}
