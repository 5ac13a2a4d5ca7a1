/// Reads an array of one dimension in PostgreSQL's binary format, without trusting a number in it.
enum PostgresArray {
    /// Returns the elements as `read` makes them; nil if the bytes are no array of that type, or it has a NULL.
    static func elements<Element>(
        of bytes: UnsafeRawBufferPointer, type: UInt32, read: (UnsafeRawBufferPointer) -> Element?
    ) -> [Element]? {
        var rest = bytes[...]
        guard let dimensions = word(&rest), word(&rest) != nil, let elementType = word(&rest), elementType == type
        else {
            return nil
        }
        if dimensions == 0 { return rest.isEmpty ? [] : nil }
        // Each element has at least its length, so the count never reserves more than the bytes that have arrived.
        guard dimensions == 1, let count = word(&rest), word(&rest) != nil, Int(count) <= rest.count / 4 else {
            return nil
        }
        var elements: [Element] = []
        elements.reserveCapacity(Int(count))
        for _ in 0..<count {
            // The length of a NULL, -1, is larger than any rest.
            guard let length = word(&rest), Int(length) <= rest.count else { return nil }
            guard let element = read(UnsafeRawBufferPointer(rebasing: rest.prefix(Int(length)))) else { return nil }
            elements.append(element)
            rest = rest.dropFirst(Int(length))
        }
        return rest.isEmpty ? elements : nil
    }

    /// Removes four bytes.
    private static func word(_ rest: inout Slice<UnsafeRawBufferPointer>) -> UInt32? {
        guard rest.count >= 4 else { return nil }
        defer { rest = rest.dropFirst(4) }
        return rest.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }
}
