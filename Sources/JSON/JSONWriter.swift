package import NIOCore

/// Writes JSON straight as bytes, member by member: for the answers where building a `JSONValue` first would cost.
///
/// Commas are its own affair; that every `begin` gets its `end`, and every member a name, is the caller's. It writes
/// into an array, whose code is specialised here: the same small writes into a `ByteBuffer` cost three times as much.
package struct JSONWriter {
    private let prefix: ByteBuffer
    private var bytes: [UInt8] = []
    private var needsComma = false

    /// - Parameter buffer: what stands before the JSON; the room that it has left is reserved.
    package init(into buffer: ByteBuffer = ByteBuffer()) {
        self.prefix = buffer
        bytes.reserveCapacity(buffer.writableBytes)
    }

    /// All that was written, behind what the writer began with.
    package var buffer: ByteBuffer {
        guard prefix.readableBytes > 0 else { return ByteBuffer(bytes: bytes) }
        var buffer = prefix
        buffer.writeBytes(bytes)
        return buffer
    }

    /// What was written since the last time, for a document that is too large to be kept whole.
    package mutating func takeBytes() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    package mutating func beginObject() { open("{") }
    package mutating func endObject() { close("}") }
    package mutating func beginArray() { open("[") }
    package mutating func endArray() { close("]") }

    /// The name of the next member.
    package mutating func name(_ name: StaticString) {
        separate()
        append("\"")
        append(name)
        append("\":")
        needsComma = false
    }

    /// The name of the next member, which may need escapes.
    package mutating func name(escaping name: String) {
        separate()
        appendQuoted(name)
        append(":")
        needsComma = false
    }

    package mutating func write(_ value: String) {
        separate()
        appendQuoted(value)
    }

    package mutating func write(_ value: Int) {
        separate()
        bytes.append(contentsOf: String(value).utf8)
    }

    package mutating func write(_ value: Bool) {
        separate()
        append(value ? "true" : "false")
    }

    package mutating func writeNull() {
        separate()
        append("null")
    }

    package mutating func write(_ value: JSONValue) {
        switch value {
        case .null: writeNull()
        case .bool(let value): write(value)
        case .integer(let value): write(value)
        case .number(let value):
            separate()
            // JSON has no infinities; such a value cannot have come from a document.
            bytes.append(contentsOf: (value.isFinite ? value.description : "null").utf8)
        case .string(let value): write(value)
        case .array(let elements):
            beginArray()
            for element in elements { write(element) }
            endArray()
        case .object(let object):
            beginObject()
            for member in object.members {
                name(escaping: member.name)
                write(member.value)
            }
            endObject()
        }
    }

    private mutating func separate() {
        if needsComma { append(",") }
        needsComma = true
    }

    private mutating func open(_ bracket: StaticString) {
        separate()
        append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: StaticString) {
        append(bracket)
        needsComma = true
    }
}

extension JSONWriter {
    /// A quoted string with the escapes that RFC 8259 demands, and no others.
    private mutating func appendQuoted(_ string: String) {
        append("\"")
        var string = string
        string.withUTF8 { text in
            var start = 0
            for index in 0..<text.count {
                let byte = text[index]
                guard byte < 0x20 || byte == 0x22 || byte == 0x5C else { continue }
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
                appendEscape(byte)
                start = index + 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
        }
        append("\"")
    }

    private mutating func appendEscape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): append("\\\"")
        case UInt8(ascii: "\\"): append("\\\\")
        case UInt8(ascii: "\n"): append("\\n")
        case UInt8(ascii: "\r"): append("\\r")
        case UInt8(ascii: "\t"): append("\\t")
        default:
            let hex: StaticString = "0123456789abcdef"
            append("\\u00")
            bytes.append(hex.utf8Start[Int(byte >> 4)])
            bytes.append(hex.utf8Start[Int(byte & 15)])
        }
    }

    private mutating func append(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}

extension JSONValue {
    /// The value as compact JSON.
    package var serialized: ByteBuffer {
        var writer = JSONWriter()
        writer.write(self)
        return writer.buffer
    }

    /// The value as compact JSON text.
    package var text: String { String(buffer: serialized) }

    /// The same value with the members of every object sorted by name: equal values give equal text.
    package var canonical: JSONValue {
        switch self {
        case .array(let elements): .array(elements.map(\.canonical))
        case .object(let object):
            .object(JSONObject(object.members.sorted { $0.name < $1.name }.map { ($0.name, $0.value.canonical) }))
        default: self
        }
    }
}
