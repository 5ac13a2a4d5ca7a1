package import NIOCore
import Text

/// A strict parser (RFC 8259) for one document: UTF-8 without BOM, no duplicate members, no lone surrogates, bounded by
/// `JSONLimits`.
package struct JSONParser {
    private let bytes: UnsafeRawBufferPointer
    private let limits: JSONLimits
    private var offset = 0
    private var values = 0

    package static func parse(
        _ string: some StringProtocol, limits: JSONLimits = .standard
    ) throws(JSONError) -> JSONValue {
        try parse(bytes: Array(string.utf8), limits: limits)
    }

    package static func parse(_ buffer: ByteBuffer, limits: JSONLimits = .standard) throws(JSONError) -> JSONValue {
        try parse(result: buffer.withUnsafeReadableBytes { run($0, limits: limits) })
    }

    package static func parse(bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) -> JSONValue {
        try parse(result: bytes.withUnsafeBytes { run($0, limits: limits) })
    }

    // The closures of withUnsafeBytes lose typed throws, so the outcome is passed as a Result.
    private static func parse(result: Result<JSONValue, JSONError>) throws(JSONError) -> JSONValue { try result.get() }

    private static func run(_ bytes: UnsafeRawBufferPointer, limits: JSONLimits) -> Result<JSONValue, JSONError> {
        guard bytes.count <= limits.size else { return .failure(JSONError(.tooLarge, offset: limits.size)) }
        var parser = JSONParser(bytes: bytes, limits: limits)
        do throws(JSONError) {
            return .success(try parser.document())
        } catch {
            return .failure(error)
        }
    }

    private init(bytes: UnsafeRawBufferPointer, limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    private mutating func document() throws(JSONError) -> JSONValue {
        skipWhitespace()
        let value = try value(depth: 0)
        skipWhitespace()
        guard offset == bytes.count else { throw JSONError(.trailingBytes, offset: offset) }
        return value
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        values += 1
        guard values <= limits.values else { throw JSONError(.tooManyValues, offset: offset) }
        switch try peek() {
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try array(depth: depth + 1)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw JSONError(.unexpectedByte, offset: offset)
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
        guard depth <= limits.depth else { throw JSONError(.tooDeep, offset: offset) }
        offset += 1
        skipWhitespace()
        if try take(UInt8(ascii: "}")) { return .object(JSONObject()) }
        var members: [JSONObject.Member] = []
        members.reserveCapacity(4)
        // An index of the members, built only where a linear search would be quadratic.
        var places: [ByteText: Int] = [:]
        while true {
            skipWhitespace()
            let start = offset
            guard try peek() == UInt8(ascii: "\"") else { throw JSONError(.unexpectedByte, offset: offset) }
            let name = try string()
            let known: Int?
            if members.count < 16 {
                let length = name.utf8.count
                known = members.firstIndex { $0.name.utf8.count == length && $0.name.equalsBytes(of: name) }
            } else {
                if places.isEmpty {
                    for (place, member) in members.enumerated() { places[ByteText(member.name)] = place }
                }
                known = places.updateValue(members.count, forKey: ByteText(name))
                if let known { places[ByteText(name)] = known }
            }
            guard known == nil || limits.allowsRepeats else { throw JSONError(.duplicateMember, offset: start) }
            skipWhitespace()
            guard try take(UInt8(ascii: ":")) else { throw JSONError(.unexpectedByte, offset: offset) }
            skipWhitespace()
            let value = try value(depth: depth)
            if let known {
                guard members[known].value.isNull || value.isNull || members[known].value == value else {
                    throw JSONError(.duplicateMember, offset: start)
                }
                if members[known].value.isNull { members[known] = JSONObject.Member(name: name, value: value) }
            } else {
                members.append(JSONObject.Member(name: name, value: value))
            }
            skipWhitespace()
            if try take(UInt8(ascii: ",")) { continue }
            guard try take(UInt8(ascii: "}")) else { throw JSONError(.unexpectedByte, offset: offset) }
            return .object(JSONObject(uniqueMembers: members))
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
        guard depth <= limits.depth else { throw JSONError(.tooDeep, offset: offset) }
        offset += 1
        var elements: [JSONValue] = []
        skipWhitespace()
        if try take(UInt8(ascii: "]")) { return .array([]) }
        while true {
            skipWhitespace()
            elements.append(try value(depth: depth))
            skipWhitespace()
            if try take(UInt8(ascii: ",")) { continue }
            guard try take(UInt8(ascii: "]")) else { throw JSONError(.unexpectedByte, offset: offset) }
            return .array(elements)
        }
    }

    private mutating func literal(_ text: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        for index in 0..<text.utf8CodeUnitCount {
            guard try peek() == text.utf8Start[index] else { throw JSONError(.unexpectedByte, offset: offset) }
            offset += 1
        }
        return value
    }

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = offset
        var isInteger = true
        _ = try take(UInt8(ascii: "-"))
        if try !take(UInt8(ascii: "0")) {
            guard digits() > 0 else { throw JSONError(.invalidNumber, offset: start) }
        }
        if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
            isInteger = false
            offset += 1
            guard digits() > 0 else { throw JSONError(.invalidNumber, offset: start) }
        }
        if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            offset += 1
            if offset < bytes.count, bytes[offset] == UInt8(ascii: "+") || bytes[offset] == UInt8(ascii: "-") {
                offset += 1
            }
            guard digits() > 0 else { throw JSONError(.invalidNumber, offset: start) }
        }
        if offset < bytes.count, case UInt8(ascii: "0")...UInt8(ascii: "9") = bytes[offset] {
            throw JSONError(.invalidNumber, offset: start)  // a leading zero
        }
        guard offset - start <= Self.longestNumber else { throw JSONError(.invalidNumber, offset: start) }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        if isInteger, let integer = Int(text) { return .integer(integer) }
        guard let number = Double(text), number.isFinite else { throw JSONError(.invalidNumber, offset: start) }
        return .number(number)
    }

    /// The maximum length of a number, in characters: as many as a double written in full can need to be unambiguous.
    private static let longestNumber = 1_100

    /// Skips digits and returns their number.
    private mutating func digits() -> Int {
        let start = offset
        while offset < bytes.count, case UInt8(ascii: "0")...UInt8(ascii: "9") = bytes[offset] { offset += 1 }
        return offset - start
    }

    private mutating func string() throws(JSONError) -> String {
        offset += 1
        let start = offset
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "\""):
                let text = try utf8(start..<offset)
                offset += 1
                return text
            case UInt8(ascii: "\\"):
                return try escapedString(from: start)
            case 0..<0x20:
                throw JSONError(.invalidString, offset: offset)
            default:
                offset += 1
            }
        }
        throw JSONError(.unexpectedEnd, offset: offset)
    }

    /// Parses a string with escapes; `offset` is at the first backslash of the string that began at `start`.
    private mutating func escapedString(from start: Int) throws(JSONError) -> String {
        // Bytes, because building a String from many parts costs three times as much.
        var text = Array(bytes[start..<offset])
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "\""):
                offset += 1
                // Escapes are whole scalars, so any invalid UTF-8 was in the document.
                guard let text = String(validating: text, as: UTF8.self) else {
                    throw JSONError(.invalidUTF8, offset: start)
                }
                return text
            case UInt8(ascii: "\\"):
                let scalar = try escape()
                if scalar.isASCII { text.append(UInt8(truncatingIfNeeded: scalar.value)) } else { text += scalar.utf8 }
            case 0..<0x20:
                throw JSONError(.invalidString, offset: offset)
            case let byte:
                text.append(byte)
                offset += 1
            }
        }
        throw JSONError(.unexpectedEnd, offset: offset)
    }

    private mutating func escape() throws(JSONError) -> Unicode.Scalar {
        let start = offset
        offset += 1
        let kind = try peek()
        offset += 1
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(kind)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let unit = try hexUnit()
            if let scalar = Unicode.Scalar(unit) { return scalar }
            // A surrogate: only a high one followed by a low one encodes a scalar.
            guard unit < 0xDC00, offset + 1 < bytes.count,
                bytes[offset] == UInt8(ascii: "\\"), bytes[offset + 1] == UInt8(ascii: "u")
            else { throw JSONError(.invalidString, offset: start) }
            offset += 2
            let low = try hexUnit()
            guard (0xDC00...0xDFFF).contains(low),
                let scalar = Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
            else { throw JSONError(.invalidString, offset: start) }
            return scalar
        default: throw JSONError(.invalidString, offset: start)
        }
    }

    private mutating func hexUnit() throws(JSONError) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            let byte = try peek()
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: throw JSONError(.invalidString, offset: offset)
            }
            unit = unit << 4 | UInt32(digit)
            offset += 1
        }
        return unit
    }

    private func utf8(_ range: Range<Int>) throws(JSONError) -> String {
        let run = UnsafeRawBufferPointer(rebasing: bytes[range])
        // The validating initializer is unspecialized code, which costs more than the rest of a small document.
        if run.allSatisfy({ $0 < 0x80 }) { return String(decoding: run, as: UTF8.self) }
        guard let text = String(validating: run, as: UTF8.self) else {
            throw JSONError(.invalidUTF8, offset: range.lowerBound)
        }
        return text
    }

    private func peek() throws(JSONError) -> UInt8 {
        guard offset < bytes.count else { throw JSONError(.unexpectedEnd, offset: offset) }
        return bytes[offset]
    }

    private mutating func take(_ byte: UInt8) throws(JSONError) -> Bool {
        guard try peek() == byte else { return false }
        offset += 1
        return true
    }

    private mutating func skipWhitespace() {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x09, 0x0A, 0x0D: offset += 1
            default: return
            }
        }
    }
}
