/// A growing byte buffer with one owner.
///
/// An array checks at each append whether it is shared, which for the many small parts of a JSON text costs more than
/// copying them.
struct GrowingBytes: ~Copyable {
    private var start: UnsafeMutableRawPointer
    private var capacity: Int
    private var count = 0

    init(capacity: Int) {
        self.capacity = max(capacity, 64)
        start = .allocate(byteCount: self.capacity, alignment: 1)
    }

    deinit { start.deallocate() }

    /// All bytes; the pointer is valid until the next change.
    var all: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

    mutating func removeAll() { count = 0 }

    @inline(__always)
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress else { return }
        reserve(bytes.count)
        (start + count).copyMemory(from: base, byteCount: bytes.count)
        count += bytes.count
    }

    @inline(__always)
    mutating func append(_ text: StaticString) {
        append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends the bytes that `body` writes, at most `limit`; `body` returns their number.
    mutating func append(upTo limit: Int, _ body: (UnsafeMutableBufferPointer<UInt8>) -> Int) {
        reserve(limit)
        let room = (start + count).bindMemory(to: UInt8.self, capacity: limit)
        let written = body(UnsafeMutableBufferPointer(start: room, count: limit))
        precondition((0...limit).contains(written))
        count += written
    }

    mutating func append(decimal value: Int) {
        // A sign and the nineteen digits of the largest number.
        append(upTo: 20) { text in
            var rest = value.magnitude
            var next = text.count
            repeat {
                next -= 1
                text[next] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0
            if value < 0 {
                next -= 1
                text[next] = UInt8(ascii: "-")
            }
            let length = text.count - next
            for index in 0..<length { text[index] = text[next + index] }
            return length
        }
    }

    @inline(__always)
    private mutating func reserve(_ more: Int) {
        if capacity - count < more { grow(by: more) }
    }

    private mutating func grow(by more: Int) {
        capacity = max(2 * capacity, count + more)
        let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 1)
        larger.copyMemory(from: start, byteCount: count)
        start.deallocate()
        start = larger
    }
}
