package import NIOCore

/// Server-sent events out of bytes that may be cut anywhere (WHATWG HTML, 9.2.6); of an event only its data is told, and
/// whether it is called an error.
///
/// It differs from the standard in two ways: an event that the stream's end cuts off from its blank line still counts,
/// and an event over the limit is told as such instead of being kept.
package struct SSEParser: Sendable {
    package enum Event: Sendable, Hashable {
        /// The lines of `data`, joined with newlines; never empty.
        case data(ByteBuffer)
        /// The same of an event whose name is `error`: its data need not say so again.
        case failure(ByteBuffer)
        /// An event with more data than the limit: its bytes were not kept.
        case oversized
    }

    private let limit: Int
    private var line: [UInt8] = []
    private var lineOverflows = false
    private var isFirstLine = true
    private var skipsLineFeed = false
    private var data = ByteBuffer()
    private var hasData = false
    private var isFailure = false
    private var eventOverflows = false

    /// - Parameter limit: bytes of one line, and of the data of one event.
    package init(limit: Int = 1 << 20) { self.limit = limit }

    /// The events that these bytes complete.
    package mutating func receive(_ bytes: ByteBuffer) -> [Event] {
        var events: [Event] = []
        bytes.withUnsafeReadableBytes { bytes in
            var start = 0
            if skipsLineFeed, let first = bytes.first {
                skipsLineFeed = false
                if first == Self.lineFeed { start = 1 }
            }
            var index = start
            while index < bytes.count {
                let byte = bytes[index]
                guard byte == Self.lineFeed || byte == Self.carriageReturn else {
                    index += 1
                    continue
                }
                append(bytes[start..<index])
                endLine(&events)
                index += 1
                if byte == Self.carriageReturn {
                    if index == bytes.count {
                        skipsLineFeed = true
                    } else if bytes[index] == Self.lineFeed {
                        index += 1
                    }
                }
                start = index
            }
            append(bytes[start...])
        }
        return events
    }

    /// The event that the end of the stream completes.
    package mutating func end() -> Event? {
        var events: [Event] = []
        endLine(&events)
        endEvent(&events)
        return events.first
    }

    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    private mutating func append(_ bytes: Slice<UnsafeRawBufferPointer>) {
        if line.count + bytes.count > limit { lineOverflows = true }
        // The first bytes stay, as they tell what kind of line it is.
        line.append(contentsOf: lineOverflows ? bytes.prefix(max(0, 8 - line.count)) : bytes)
    }

    private mutating func endLine(_ events: inout [Event]) {
        defer {
            line.removeAll(keepingCapacity: true)
            lineOverflows = false
            isFirstLine = false
        }
        var line = line[...]
        if isFirstLine, line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
        guard !line.isEmpty else { return endEvent(&events) }
        guard let value = Self.value(of: "data", in: line) else {
            if let name = Self.value(of: "event", in: line) { isFailure = name.elementsEqual("error".utf8) }
            return
        }
        if lineOverflows || data.readableBytes + value.count > limit {
            eventOverflows = true
            return
        }
        if hasData { data.writeInteger(Self.lineFeed) }
        data.writeBytes(value)
        hasData = true
    }

    private static func value(of field: String, in line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard line.starts(with: field.utf8) else { return nil }
        let value = line.dropFirst(field.utf8.count)
        guard value.isEmpty || value.first == UInt8(ascii: ":") else { return nil }
        return value.dropFirst().first == UInt8(ascii: " ") ? value.dropFirst(2) : value.dropFirst()
    }

    private mutating func endEvent(_ events: inout [Event]) {
        if eventOverflows {
            events.append(.oversized)
        } else if data.readableBytes > 0 {
            events.append(isFailure ? .failure(data) : .data(data))
        }
        data = ByteBuffer()
        hasData = false
        isFailure = false
        eventOverflows = false
    }
}
