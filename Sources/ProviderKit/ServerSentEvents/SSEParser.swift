package import NIOCore

/// A parser of server-sent events in bytes that may be split anywhere (WHATWG HTML, section 9.2.6). It returns the data
/// of each event, and whether its name is `error`.
///
/// It differs from the standard in two ways: an event at the end of the stream needs no blank line, and an event that
/// exceeds the limit is reported without its data.
package struct SSEParser: Sendable {
    package enum Event: Sendable, Hashable {
        /// The lines of `data`, joined with newlines; never empty.
        case data(ByteBuffer)
        /// The data of an event named `error`.
        case failure(ByteBuffer)
        /// An event whose data exceeds the limit and was discarded.
        case oversized
    }

    private let limit: Int
    /// The start of a line whose end has not arrived.
    private var line: [UInt8] = []
    private var lineOverflows = false
    private var isFirstLine = true
    private var skipsLineFeed = false
    private var data = ByteBuffer()
    private var hasData = false
    private var isFailure = false
    private var eventOverflows = false

    /// Creates a parser.
    ///
    /// - Parameter limit: The maximum length of a line, and of an event's data, in bytes.
    package init(limit: Int) { self.limit = limit }

    /// Appends bytes and returns the events that they complete.
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
                endLine(UnsafeRawBufferPointer(rebasing: bytes[start..<index]), &events)
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
            hold(UnsafeRawBufferPointer(rebasing: bytes[start...]))
        }
        return events
    }

    /// Returns the event that the end of the stream completes.
    package mutating func end() -> Event? {
        var events: [Event] = []
        endLine(UnsafeRawBufferPointer(start: nil, count: 0), &events)
        endEvent(&events)
        return events.first
    }

    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    private mutating func hold(_ bytes: UnsafeRawBufferPointer) {
        guard !bytes.isEmpty else { return }
        if line.count + bytes.count > limit { lineOverflows = true }
        // The first bytes are kept, because they tell the kind of the line.
        line.append(contentsOf: lineOverflows ? bytes.prefix(max(0, 8 - line.count)) : bytes[...])
    }

    /// Ends a line with its last bytes. A line that arrived at once is read without a copy.
    private mutating func endLine(_ bytes: UnsafeRawBufferPointer, _ events: inout [Event]) {
        if line.isEmpty, bytes.count <= limit { return read(line: bytes, &events) }
        hold(bytes)
        let whole = line
        line = []
        whole.withUnsafeBytes { read(line: $0, &events) }
        lineOverflows = false
    }

    private mutating func read(line: UnsafeRawBufferPointer, _ events: inout [Event]) {
        var line = line
        if isFirstLine {
            isFirstLine = false
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line = UnsafeRawBufferPointer(rebasing: line.dropFirst(3)) }
        }
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

    private static func value(of field: StaticString, in line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        let length = field.utf8CodeUnitCount
        guard line.count >= length else { return nil }
        for index in 0..<length where line[index] != field.utf8Start[index] { return nil }
        guard line.count > length else { return UnsafeRawBufferPointer(rebasing: line[length...]) }
        guard line[length] == UInt8(ascii: ":") else { return nil }
        let space = line.count > length + 1 && line[length + 1] == UInt8(ascii: " ") ? 1 : 0
        return UnsafeRawBufferPointer(rebasing: line[(length + 1 + space)...])
    }

    private mutating func endEvent(_ events: inout [Event]) {
        // A blank line without an event before it ends nothing.
        guard hasData || isFailure || eventOverflows else { return }
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
