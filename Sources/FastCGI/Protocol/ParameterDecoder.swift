package import NIOCore

/// Decodes name-value pairs that may be split anywhere, and checks every length against a small cap before it is
/// added to anything or anything is allocated for it (CVE-2025-23016 was this addition).
package struct ParameterDecoder: Sendable {
    /// Where a pair lies in ``bytes``, as indices of that buffer.
    package struct Pair: Sendable {
        package var nameStart: Int
        package var nameLength: Int
        package var valueLength: Int

        package var name: Range<Int> { self.nameStart..<self.nameStart + self.nameLength }
        package var value: Range<Int> {
            let start = self.nameStart + self.nameLength
            return start..<start + self.valueLength
        }
    }

    package private(set) var bytes = ByteBuffer()
    package private(set) var pairs: [Pair] = []
    let limits: FastCGIConfiguration.Limits
    private var position = 0
    private var total = 0

    package init(limits: FastCGIConfiguration.Limits) {
        self.limits = limits
    }

    /// Says how long the next record of the stream is, before any of its content is added. Counting whole records
    /// makes the verdict the same however the reads cut them.
    package mutating func announce(_ length: Int) throws(FastCGIError) {
        self.total += length
        guard self.total <= self.limits.parameterBytes else { throw .parametersTooLarge }
    }

    /// Adds content of a PARAMS stream and decodes the pairs that are complete now.
    package mutating func append(_ content: ByteBuffer) throws(FastCGIError) {
        if self.bytes.readableBytes == 0 {
            // nginx sends all parameters in one record: then they are decoded where they lie.
            self.bytes = content
            self.position = content.readerIndex
            self.pairs.reserveCapacity(32)
        } else {
            self.bytes.writeImmutableBuffer(content)
        }
        try self.decode()
    }

    /// Says that the stream ended.
    package func finish() throws(FastCGIError) {
        guard self.position == self.bytes.writerIndex else { throw .truncatedParameters }
    }

    private mutating func decode() throws(FastCGIError) {
        let base = self.bytes.readerIndex
        let view = self.bytes
        let failure: FastCGIError? = view.withUnsafeReadableBytes { bytes in
            while let (pair, next) = self.nextPair(in: bytes, at: self.position - base) {
                switch pair {
                case .failure(let error): return error
                case .success(var pair):
                    guard self.pairs.count < self.limits.parameterCount else { return .tooManyParameters }
                    pair.nameStart += base
                    self.pairs.append(pair)
                    self.position = base + next
                }
            }
            return nil
        }
        if let failure { throw failure }
    }

    /// The pair at an offset and where the next one starts; nil when it is not complete yet.
    private func nextPair(
        in bytes: UnsafeRawBufferPointer, at offset: Int
    ) -> (pair: Result<Pair, FastCGIError>, next: Int)? {
        guard let (nameLength, afterName) = Self.length(in: bytes, at: offset) else { return nil }
        guard nameLength <= self.limits.parameterNameBytes else { return (.failure(.parameterNameTooLong), offset) }
        guard let (valueLength, start) = Self.length(in: bytes, at: afterName) else { return nil }
        guard valueLength <= self.limits.parameterValueBytes else { return (.failure(.parameterValueTooLong), offset) }
        let end = start + nameLength + valueLength
        guard end <= self.limits.parameterBytes else { return (.failure(.parametersTooLarge), offset) }
        guard end <= bytes.count else { return nil }
        return (.success(Pair(nameStart: start, nameLength: nameLength, valueLength: valueLength)), end)
    }

    /// A length of one byte or, with the top bit set, of four.
    private static func length(in bytes: UnsafeRawBufferPointer, at offset: Int) -> (value: Int, next: Int)? {
        guard offset < bytes.count else { return nil }
        let first = bytes[offset]
        if first & 0x80 == 0 { return (Int(first), offset + 1) }
        guard offset + 4 <= bytes.count else { return nil }
        let word = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
        return (Int(word & 0x7fff_ffff), offset + 4)
    }
}
