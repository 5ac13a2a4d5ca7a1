/// The values of a statement's parameters, in PostgreSQL's binary format, one after the other in one buffer.
package struct Arguments: Sendable {
    /// The limit of all values of one statement.
    package static let limit = 16 << 20
    /// The limit of the protocol, which counts parameters in 16 bits.
    static let maximumCount = 65_535

    private(set) var bytes: [UInt8] = []
    /// The number of bytes of each value; -1 for NULL.
    private(set) var lengths: [Int32] = []
    private(set) var types: [UInt32] = []
    /// Whether a value was left out because of a limit. The statement is then refused.
    private(set) var isTooLarge = false

    package init() {}

    package mutating func append(_ value: Int?) {
        append(TypeID.int8, count: value == nil ? nil : 8) { bytes in
            if let value { Self.write(value.bigEndian, to: &bytes) }
        }
    }

    package mutating func append(_ value: Double?) {
        append(TypeID.float8, count: value == nil ? nil : 8) { bytes in
            if let value { Self.write(value.bitPattern.bigEndian, to: &bytes) }
        }
    }

    package mutating func append(_ value: Bool?) {
        append(TypeID.bool, count: value == nil ? nil : 1) { bytes in
            if let value { bytes.append(value ? 1 : 0) }
        }
    }

    package mutating func append(_ value: String?) {
        append(TypeID.text, count: value?.utf8.count) { bytes in
            if let value { bytes.append(contentsOf: value.utf8) }
        }
    }

    package mutating func append(_ value: [UInt8]?) {
        append(TypeID.bytea, count: value?.count) { bytes in
            if let value { bytes.append(contentsOf: value) }
        }
    }

    package mutating func append(_ value: UUIDBytes?) {
        append(TypeID.uuid, count: value == nil ? nil : 16) { bytes in
            guard let value else { return }
            Self.write(value.high.bigEndian, to: &bytes)
            Self.write(value.low.bigEndian, to: &bytes)
        }
    }

    package mutating func append(_ values: [Int]) {
        appendArray(values, type: TypeID.int8Array, of: TypeID.int8, size: { _ in 8 }) { value, bytes in
            Self.write(value.bigEndian, to: &bytes)
        }
    }

    package mutating func append(_ values: [String]) {
        appendArray(values, type: TypeID.textArray, of: TypeID.text, size: { $0.utf8.count }) { value, bytes in
            bytes.append(contentsOf: value.utf8)
        }
    }

    /// Appends an array of one dimension: header, then each element behind its length.
    private mutating func appendArray<Element>(
        _ values: [Element], type: UInt32, of elementType: UInt32, size: (Element) -> Int,
        write: (Element, inout [UInt8]) -> Void
    ) {
        let header = values.isEmpty ? 12 : 20
        // No overflow: an element that is in memory has fewer than 2^47 bytes, and the sum stops at the first above the limit.
        var count = header
        for value in values where count <= Self.limit { count += 4 + size(value) }
        append(type, count: count) { bytes in
            Self.write(Int32(values.isEmpty ? 0 : 1).bigEndian, to: &bytes)
            Self.write(Int32(0).bigEndian, to: &bytes)
            Self.write(elementType.bigEndian, to: &bytes)
            guard !values.isEmpty else { return }
            Self.write(Int32(values.count).bigEndian, to: &bytes)
            Self.write(Int32(1).bigEndian, to: &bytes)
            for value in values {
                Self.write(Int32(size(value)).bigEndian, to: &bytes)
                write(value, &bytes)
            }
        }
    }

    /// Appends a value of `count` bytes, which `write` appends, unless it is too large.
    private mutating func append(_ type: UInt32, count: Int?, write: (inout [UInt8]) -> Void) {
        guard let length = Int32(exactly: count ?? -1), bytes.count + (count ?? 0) <= Self.limit,
            lengths.count < Self.maximumCount
        else {
            isTooLarge = true
            return
        }
        types.append(type)
        lengths.append(length)
        if count != nil { write(&bytes) }
    }

    private static func write(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
    }
}

extension Arguments {
    /// Calls `body` with the arrays that libpq takes.
    func withPointers<R>(
        _ body: (
            _ values: UnsafePointer<UnsafePointer<CChar>?>, _ lengths: UnsafePointer<Int32>,
            _ formats: UnsafePointer<Int32>
        ) -> R
    ) -> R {
        // The added element keeps the addresses from being nil, which an empty value must not be.
        let count = lengths.count
        return withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: count + 1) { values in
            withUnsafeTemporaryAllocation(of: Int32.self, capacity: count + 1) { formats in
                withUnsafeTemporaryAllocation(of: Int32.self, capacity: count + 1) { sizes in
                    bytes.withUnsafeBytes { bytes in
                        values.initialize(repeating: nil)
                        formats.initialize(repeating: 1)
                        sizes.initialize(repeating: 0)
                        let somewhere = UnsafeRawPointer(values.baseAddress.unsafelyUnwrapped)
                        var address = bytes.baseAddress ?? somewhere
                        for index in 0..<count where lengths[index] >= 0 {
                            values[index] = address.assumingMemoryBound(to: CChar.self)
                            sizes[index] = lengths[index]
                            address += Int(lengths[index])
                        }
                        return body(
                            UnsafePointer(values.baseAddress.unsafelyUnwrapped),
                            UnsafePointer(sizes.baseAddress.unsafelyUnwrapped),
                            UnsafePointer(formats.baseAddress.unsafelyUnwrapped))
                    }
                }
            }
        }
    }
}
