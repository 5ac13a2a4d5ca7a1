package import NIOCore

/// Writes JSON straight into a buffer, member by member: for the answers where building a `JSONValue` first would cost.
///
/// Commas are its own affair; that every `begin` gets its `end`, and every member a name, is the caller's.
package struct JSONWriter {
    package var buffer: ByteBuffer
    private var needsComma = false

    package init(into buffer: ByteBuffer = ByteBuffer()) { self.buffer = buffer }

    package mutating func beginObject() { open("{") }
    package mutating func endObject() { close("}") }
    package mutating func beginArray() { open("[") }
    package mutating func endArray() { close("]") }

    /// The name of the next member.
    package mutating func name(_ name: StaticString) {
        separate()
        buffer.writeInteger(UInt8(ascii: "\""))
        buffer.writeStaticString(name)
        buffer.writeStaticString("\":")
        needsComma = false
    }

    /// The name of the next member, which may need escapes.
    package mutating func name(escaping name: String) {
        separate()
        buffer.writeJSONString(name)
        buffer.writeInteger(UInt8(ascii: ":"))
        needsComma = false
    }

    package mutating func write(_ value: String) {
        separate()
        buffer.writeJSONString(value)
    }

    package mutating func write(_ value: Int) {
        separate()
        buffer.writeString(String(value))
    }

    package mutating func write(_ value: Bool) {
        separate()
        buffer.writeStaticString(value ? "true" : "false")
    }

    package mutating func writeNull() {
        separate()
        buffer.writeStaticString("null")
    }

    package mutating func write(_ value: JSONValue) {
        switch value {
        case .null: writeNull()
        case .bool(let value): write(value)
        case .integer(let value): write(value)
        case .number(let value):
            separate()
            // JSON has no infinities; such a value cannot have come from a document.
            buffer.writeString(value.isFinite ? value.description : "null")
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
        if needsComma { buffer.writeInteger(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func open(_ bracket: StaticString) {
        separate()
        buffer.writeStaticString(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: StaticString) {
        buffer.writeStaticString(bracket)
        needsComma = true
    }
}

extension ByteBuffer {
    /// Writes a quoted string with the escapes that RFC 8259 demands, and no others.
    package mutating func writeJSONString(_ string: String) {
        writeInteger(UInt8(ascii: "\""))
        var string = string
        string.withUTF8 { bytes in
            var start = 0
            for (index, byte) in bytes.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5C {
                writeBytes(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[start..<index]))
                writeJSONEscape(byte)
                start = index + 1
            }
            writeBytes(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[start...]))
        }
        writeInteger(UInt8(ascii: "\""))
    }

    private mutating func writeJSONEscape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): writeStaticString("\\\"")
        case UInt8(ascii: "\\"): writeStaticString("\\\\")
        case UInt8(ascii: "\n"): writeStaticString("\\n")
        case UInt8(ascii: "\r"): writeStaticString("\\r")
        case UInt8(ascii: "\t"): writeStaticString("\\t")
        default:
            let hex: StaticString = "0123456789abcdef"
            writeStaticString("\\u00")
            writeInteger(hex.utf8Start[Int(byte >> 4)])
            writeInteger(hex.utf8Start[Int(byte & 15)])
        }
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
