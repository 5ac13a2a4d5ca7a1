package import NIOCore
import Text

/// A writer of JSON text as bytes, member by member, for answers where building a `JSONValue` first would be slow.
///
/// The writer adds commas. The caller must match each `begin` with an `end` and name each member.
package struct JSONWriter: ~Copyable {
    private var bytes: GrowingBytes
    private var needsComma = false

    /// Creates an empty writer.
    ///
    /// - Parameter capacity: The number of bytes to allocate at once.
    package init(capacity: Int = 0) { bytes = GrowingBytes(capacity: capacity) }

    /// A copy of all bytes written and not taken.
    package var buffer: ByteBuffer { ByteBuffer(bytes: bytes.all) }

    /// The number of bytes written and not taken.
    package var byteCount: Int { bytes.all.count }

    /// Removes and returns the bytes written since the last call, for documents too large to be kept in memory.
    package mutating func takeBytes() -> [UInt8] {
        defer { bytes.removeAll() }
        return Array(bytes.all)
    }

    package mutating func beginObject() { open("{") }
    package mutating func endObject() { close("}") }
    package mutating func beginArray() { open("[") }
    package mutating func endArray() { close("]") }

    /// Writes the name of the next member.
    package mutating func name(_ name: StaticString) {
        separate()
        bytes.append("\"")
        bytes.append(name)
        bytes.append("\":")
        needsComma = false
    }

    /// Writes the name of the next member, escaping it if needed.
    package mutating func name(escaping name: String) {
        separate()
        appendQuoted(name)
        bytes.append(":")
        needsComma = false
    }

    package mutating func write(_ value: String) {
        separate()
        appendQuoted(value)
    }

    /// Writes a string given as UTF-8; invalid sequences are replaced.
    package mutating func write(utf8 text: UnsafeRawBufferPointer) {
        var isPlain = true
        for byte in text { isPlain = isPlain && byte >= 0x20 && byte < 0x80 && byte != 0x22 && byte != 0x5C }
        guard isPlain else { return write(String(decoding: text, as: UTF8.self)) }
        separate()
        bytes.append("\"")
        bytes.append(text)
        bytes.append("\"")
    }

    /// Writes a string of at most `count` bytes that needs no escapes. `body` writes it in place and returns its
    /// length.
    package mutating func write(plain count: Int, _ body: (UnsafeMutableBufferPointer<UInt8>) -> Int) {
        separate()
        bytes.append("\"")
        bytes.append(upTo: count, body)
        bytes.append("\"")
    }

    package mutating func write(_ value: Int) {
        separate()
        bytes.append(decimal: value)
    }

    package mutating func write(_ value: Bool) {
        separate()
        bytes.append(value ? "true" : "false")
    }

    package mutating func writeNull() {
        separate()
        bytes.append("null")
    }

    package mutating func write(_ value: JSONValue) {
        switch value {
        case .null: writeNull()
        case .bool(let value): write(value)
        case .integer(let value): write(value)
        case .number(let value):
            separate()
            // JSON has no infinities. Such a value cannot have come from a document.
            appendUnquoted(value.isFinite ? value.description : "null")
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
        if needsComma { bytes.append(",") }
        needsComma = true
    }

    private mutating func open(_ bracket: StaticString) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: StaticString) {
        bytes.append(bracket)
        needsComma = true
    }
}

extension JSONWriter {
    /// Appends a quoted string with the escapes that RFC 8259 requires and no others.
    private mutating func appendQuoted(_ string: String) {
        bytes.append("\"")
        var string = string
        string.withUTF8 { text in
            var start = 0
            for index in 0..<text.count {
                let byte = text[index]
                guard byte < 0x20 || byte == 0x22 || byte == 0x5C else { continue }
                bytes.append(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(text)[start..<index]))
                appendEscape(byte)
                start = index + 1
            }
            bytes.append(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(text)[start...]))
        }
        bytes.append("\"")
    }

    private mutating func appendEscape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): bytes.append("\\\"")
        case UInt8(ascii: "\\"): bytes.append("\\\\")
        case UInt8(ascii: "\n"): bytes.append("\\n")
        case UInt8(ascii: "\r"): bytes.append("\\r")
        case UInt8(ascii: "\t"): bytes.append("\\t")
        default:
            let hex: StaticString = "0123456789abcdef"
            bytes.append("\\u00")
            bytes.append(upTo: 2) { text in
                text[0] = hex.utf8Start[Int(byte >> 4)]
                text[1] = hex.utf8Start[Int(byte & 15)]
                return 2
            }
        }
    }

    private mutating func appendUnquoted(_ text: String) {
        var text = text
        text.withUTF8 { bytes.append(UnsafeRawBufferPointer($0)) }
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

    /// The same value with the members of every object sorted by the bytes of their names: equal values give equal
    /// text.
    package var canonical: JSONValue {
        switch self {
        case .array(let elements): .array(elements.map(\.canonical))
        case .object(let object):
            .object(
                JSONObject(
                    uniqueMembers: object.members.sorted { $0.name.precedesBytes(of: $1.name) }.map {
                        JSONObject.Member(name: $0.name, value: $0.value.canonical)
                    }))
        default: self
        }
    }
}
