import Text

/// Finds the ends of JSON objects in text that comes in pieces: it knows strings and escapes, nothing else of JSON.
struct JSONObjectSplitter: Sendable {
    /// Objects that are kept: each is parsed and may become a call.
    private static let mostObjects = 128

    /// The objects that are complete.
    private(set) var objects: [String] = []
    /// What follows them, without leading white space.
    private(set) var rest: [UInt8] = []

    /// Whether there were more objects than can be calls; then nothing more is taken.
    private(set) var overflows = false

    private var depth = 0
    private var inString = false
    private var isEscaped = false

    /// Whether there is at least one object and nothing after it.
    var isComplete: Bool { !objects.isEmpty && rest.isEmpty }

    /// Whether all that has come is one empty object.
    var isEmptyObject: Bool { objects.count == 1 && objects[0].equalsBytes(of: "{}") }

    /// Whether nothing but white space has come.
    var isBlank: Bool { objects.isEmpty && rest.isEmpty }

    mutating func append(_ text: String) {
        for byte in text.utf8 where !overflows {
            if rest.isEmpty, Self.isWhitespace(byte) { continue }
            rest.append(byte)
            // What does not begin as an object has no end that could be found.
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
