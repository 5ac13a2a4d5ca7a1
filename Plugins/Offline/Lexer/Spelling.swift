/// A word prepared for comparison scalar by scalar, so that combining marks do not make it slow.
struct Spelling: Sendable, Hashable {
    let scalars: [UInt32]
    /// A bit set of the letters of the word, with 32 bits for all scripts, which rules out most different words.
    let letters: UInt32

    init(_ scalars: some Sequence<Unicode.Scalar>) {
        self.scalars = scalars.map(\.value)
        letters = self.scalars.reduce(0) { $0 | 1 << ($1 & 31) }
    }

    init(_ word: String) { self.init(word.unicodeScalars) }
}
