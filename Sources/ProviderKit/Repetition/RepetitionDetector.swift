/// A detector of a text that goes round in circles: the same character, words or lines over and over, as small models
/// write until they are stopped.
///
/// A text counts as such when its end consists of at least eight copies of up to 512 bytes, and at least 400 bytes of
/// them after the first copy. Only exact copies count: a list of equal titles has a different id in each line.
package struct RepetitionDetector: Sendable {
    /// The maximum length of what is repeated, in bytes.
    static let longestPeriod = 512
    /// The minimum number of copies, including the first.
    static let fewestCopies = 8
    /// The minimum length of the copies after the first, in bytes.
    static let shortestRun = 400
    /// The number of new bytes after which the end of the text is checked. A check takes at most two steps for each byte
    /// of the window, so a byte of text costs about 18 steps.
    private static let stride = 512
    /// The bytes at the end of the text in which a run lies when it is first found.
    private static let window = longestPeriod * fewestCopies + stride

    /// The end of the text.
    private var tail: [UInt8] = []
    private var length = 0
    private var uncheckedBytes = 0
    /// The number of comparisons so far, for tests of the cost.
    private(set) var steps = 0
    /// The length of the text up to the end of the first copy, in bytes; nil while there is no repetition.
    package private(set) var keptLength: Int?

    package init() {}

    package var isRepeating: Bool { keptLength != nil }

    /// Appends text. Text after a found repetition is ignored.
    package mutating func receive(_ text: String) {
        guard keptLength == nil else { return }
        var text = text
        text.withUTF8 { bytes in
            var rest = bytes[...]
            while !rest.isEmpty, keptLength == nil {
                let piece = rest.prefix(Self.stride - uncheckedBytes)
                rest = rest.dropFirst(piece.count)
                append(piece)
            }
        }
    }

    private mutating func append(_ piece: Slice<UnsafeBufferPointer<UInt8>>) {
        tail += piece
        length += piece.count
        uncheckedBytes += piece.count
        guard uncheckedBytes == Self.stride else { return }
        uncheckedBytes = 0
        if tail.count >= 2 * Self.window { tail.removeFirst(tail.count - Self.window) }
        guard let run = run() else { return }
        keptLength = length - run.length + endOfFirstCopy(run)
        tail = []
    }

    private struct Run {
        let period: Int
        /// The length of all copies, including the first.
        let length: Int
    }

    /// Returns the repetition at the end of the text with the shortest period.
    private mutating func run() -> Run? {
        // The Z-function of the reversed window: how far the text before the end equals the text before each copy's end.
        let text = Array(tail.suffix(Self.window).reversed())
        var matches = [Int](repeating: 0, count: min(text.count, Self.longestPeriod + 1))
        var (left, right) = (0, 0)
        for period in matches.indices.dropFirst() {
            var match = period < right ? min(right - period, matches[period - left]) : 0
            while period + match < text.count, text[match] == text[period + match] {
                match += 1
                steps += 1
            }
            steps += 1
            matches[period] = match
            if period + match > right { (left, right) = (period, period + match) }
            if match >= max(Self.shortestRun, (Self.fewestCopies - 1) * period) {
                return Run(period: period, length: period + match)
            }
        }
        return nil
    }

    /// Returns the number of bytes of a run to keep: one copy, up to the end of a line, a sentence or a word, because a
    /// run can begin in the middle of one.
    private func endOfFirstCopy(_ run: Run) -> Int {
        let copies = tail.suffix(run.length)
        let start = copies.startIndex
        func end(_ isEnd: (_ last: UInt8, _ next: UInt8) -> Bool) -> Int? {
            (run.period..<2 * run.period).first { isEnd(copies[start + $0 - 1], copies[start + $0]) }
        }
        let (newline, space) = (UInt8(ascii: "\n"), UInt8(ascii: " "))
        return end { last, _ in last == newline }
            ?? end { last, next in
                ".!?".utf8.contains(last) && next == space || last == UInt8(ascii: "}") && next == UInt8(ascii: "{")
            }
            ?? end { last, next in last == space || next == space }
            // Between two scalars.
            ?? end { _, next in next & 0xC0 != 0x80 }
            ?? run.period
    }
}
