import Text

/// A filter that keeps JSON and tool calls that a model wrote as text out of what the user is shown.
///
/// From the first sign of either on, the rest of the message is dropped: such an answer is not made for people.
struct AnswerFilter: Sendable {
    private enum Verdict { case notation, plain, undecided }

    /// Whether the message contains JSON or a written call.
    private(set) var hasNotation = false
    private var held: [UInt8] = []
    private let isOff: Bool

    /// The number of bytes that decide whether a text is such a notation.
    private static let mostHeld = 96

    /// - Parameters:
    ///   - message: The user's message, which may ask for JSON itself.
    ///   - isOff: Whether everything is shown.
    init(message: String, isOff: Bool = false) {
        let message = message.lowercasedASCII
        self.isOff = isOff || Self.wishes.contains { message.containsBytes(of: $0) }
    }

    private static let wishes = ["as json", "in json", "json format", "als json", "im json", "en json", "como json"]

    /// Begins with another message.
    mutating func restart() {
        held = []
        hasNotation = false
    }

    /// Returns the part of a message so far that can be shown.
    mutating func pass(_ piece: String) -> String {
        guard !isOff else { return piece }
        guard !hasNotation else { return "" }
        held += piece.utf8
        return take(isWhole: false)
    }

    /// Returns the rest that can be shown at the end of the message.
    mutating func finish() -> String {
        guard !isOff, !hasNotation else { return "" }
        return take(isWhole: true)
    }

    /// Returns a whole message without notations.
    static func clean(_ text: String, message: String) -> (text: String, hasNotation: Bool) {
        var filter = AnswerFilter(message: message)
        let shown = filter.pass(text) + filter.finish()
        return (shown, filter.hasNotation)
    }

    private mutating func take(isWhole: Bool) -> String {
        var index = 0
        while index < held.count {
            switch Self.verdict(held[index...].prefix(Self.mostHeld)) {
            case .plain: index += 1
            case .undecided where isWhole || held.count - index >= Self.mostHeld: index += 1
            case .undecided:
                let shown = held[..<index]
                held = Array(held[index...])
                return String(decoding: shown, as: UTF8.self)
            case .notation:
                hasNotation = true
                let shown = held[..<index]
                held = []
                return String(decoding: shown, as: UTF8.self)
            }
        }
        defer { held = [] }
        return String(decoding: held, as: UTF8.self)
    }

    /// Returns whether a notation begins at the start of the bytes.
    private static func verdict(_ bytes: ArraySlice<UInt8>) -> Verdict {
        switch bytes.first {
        case UInt8(ascii: "{"), UInt8(ascii: "["): json(bytes)
        case UInt8(ascii: "<"): tag(bytes)
        case UInt8(ascii: "`"): fence(bytes)
        default: .plain
        }
    }

    /// An object whose first member has a quoted name, also in an array or in doubled braces.
    private static func json(_ bytes: ArraySlice<UInt8>) -> Verdict {
        var rest = bytes
        var hasBrace = false
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "{"): hasBrace = true
            case UInt8(ascii: "["), 0x20, 0x09, 0x0A, 0x0D: break
            case UInt8(ascii: "\""), UInt8(ascii: "'"): return hasBrace ? .notation : .plain
            default: return .plain
            }
        }
        return .undecided
    }

    private static let tags = ["<tool_call", "<tools", "</tool", "<function", "<tool_response", "<|"].map {
        Array($0.utf8)
    }

    private static func tag(_ bytes: ArraySlice<UInt8>) -> Verdict {
        if tags.contains(where: { bytes.starts(with: $0) }) { return .notation }
        return tags.contains { $0.starts(with: bytes) } ? .undecided : .plain
    }

    private static let languages = ["json", "tool"].map { Array($0.utf8) }

    /// A fence around JSON or a call.
    private static func fence(_ bytes: ArraySlice<UInt8>) -> Verdict {
        let ticks = bytes.prefix { $0 == UInt8(ascii: "`") }
        guard ticks.count >= 3 else { return ticks.count == bytes.count ? .undecided : .plain }
        let language = bytes.dropFirst(ticks.count).prefix { $0 != 0x0A && $0 != UInt8(ascii: "{") }
        if languages.contains(where: { language.starts(with: $0) }) { return .notation }
        let body = bytes.dropFirst(ticks.count + language.count).drop { $0 <= 0x20 }
        switch body.first {
        case nil: return .undecided
        case UInt8(ascii: "<"): return tag(body)
        case UInt8(ascii: "{"), UInt8(ascii: "["): return json(body)
        default: return .plain
        }
    }
}
