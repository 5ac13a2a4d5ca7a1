import Text

/// A scanner for the ends of JSON objects in text that arrives in parts. It knows only strings and escapes.
struct JSONObjectSplitter: Sendable {
    /// The maximum number of objects; each is parsed and may become a call.
    private static let mostObjects = 128

    /// The complete objects.
    private(set) var objects: [String] = []
    /// The text after the objects, without leading white space.
    private(set) var rest: [UInt8] = []

    /// Whether there were more objects than calls are allowed; the rest is ignored.
    private(set) var overflows = false

    private var depth = 0
    private var inString = false
    private var isEscaped = false

    /// Whether there is at least one object and nothing after it.
    var isComplete: Bool { !objects.isEmpty && rest.isEmpty }

    /// Whether the text is one empty object.
    var isEmptyObject: Bool { objects.count == 1 && objects[0].equalsBytes(of: "{}") }

    /// Whether the text is only white space.
    var isBlank: Bool { objects.isEmpty && rest.isEmpty }

    mutating func append(_ text: String) {
        for byte in text.utf8 where !overflows {
            if rest.isEmpty, Self.isWhitespace(byte) { continue }
            rest.append(byte)
            // Text that does not begin with an object has no end that can be found.
            guard rest[0] == UInt8(ascii: "{") else { continue }
            if endsObject(byte) {
                overflows = objects.count == Self.mostObjects
                objects.append(String(decoding: rest, as: UTF8.self))
                rest.removeAll(keepingCapacity: true)
            }
        }
    }

    private mutating func endsObject(_ byte: UInt8) -> Bool {
        if inString {
            switch byte {
            case _ where isEscaped: isEscaped = false
            case UInt8(ascii: "\\"): isEscaped = true
            case UInt8(ascii: "\""): inString = false
            default: break
            }
            return false
        }
        switch byte {
        case UInt8(ascii: "\""): inString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        default: break
        }
        return depth == 0
    }

    private static func isWhitespace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
}
