package import NIOCore

/// A decoder of name-value pairs (FastCGI 1.0, section 3.4) that may be split anywhere. Each length is checked against
/// its limit before it is added to another one or memory is allocated for it (the overflow in CVE-2025-23016).
package struct ParameterDecoder: Sendable {
    /// The position of a pair in ``bytes``, as indices of that buffer.
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

    /// Checks the length of the next record before its content is appended. Whole records are counted, so that the
    /// result does not depend on how the reads split them.
    ///
    /// - Throws: ``FastCGIError/parametersTooLarge`` when the total exceeds
    ///   ``FastCGIConfiguration/Limits/parameterBytes``.
    package mutating func announce(_ length: Int) throws(FastCGIError) {
        self.total += length
        guard self.total <= self.limits.parameterBytes else { throw .parametersTooLarge }
    }

    /// Appends content of a PARAMS stream and decodes the pairs that are complete.
    package mutating func append(_ content: ByteBuffer) throws(FastCGIError) {
        if self.bytes.readableBytes == 0 {
            // nginx sends all parameters in one record, which is then decoded without a copy.
            self.bytes = content
            self.position = content.readerIndex
            self.pairs.reserveCapacity(32)
        } else {
            self.bytes.writeImmutableBuffer(content)
        }
        try self.decode()
    }

    /// Checks that the stream ended at the end of a pair.
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

    /// Decodes the pair at an offset and returns it with the offset of the next one, or nil when it is incomplete.
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

    /// Decodes a length of one byte or, if the top bit is set, of four bytes (FastCGI 1.0, section 3.4).
    private static func length(in bytes: UnsafeRawBufferPointer, at offset: Int) -> (value: Int, next: Int)? {
        guard offset < bytes.count else { return nil }
        let first = bytes[offset]
        if first & 0x80 == 0 { return (Int(first), offset + 1) }
        guard offset + 4 <= bytes.count else { return nil }
        let word = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
        return (Int(word & 0x7fff_ffff), offset + 4)
    }
}
