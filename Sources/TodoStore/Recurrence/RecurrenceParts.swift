import JSON
import Time

/// The parts of an RRULE by name, and parsers for each kind of value.
struct RecurrenceParts {
    private static let names: Set = ["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH"]

    private var values: [String: Substring] = [:]

    /// - Parameter rule: The rule in upper-case ASCII.
    init(_ rule: String) throws(FieldError) {
        for part in rule.split(separator: ";", omittingEmptySubsequences: false) {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2, Self.names.contains(String(pair[0])) else { throw RecurrenceRule.unknownPart }
            guard values.updateValue(pair[1], forKey: String(pair[0])) == nil else {
                throw RecurrenceRule.error("has \(pair[0]) twice")
            }
        }
    }

    /// Returns nil when there is no such part.
    func value<Value>(_ name: String, _ read: (String) -> Value?) throws(FieldError) -> Value? {
        guard let text = values[name] else { return nil }
        guard let value = read(String(text)) else { throw RecurrenceRule.error("has a wrong \(name)") }
        return value
    }

    /// Returns an empty list when there is no such part.
    func list<Value: Hashable>(_ name: String, _ read: (Substring) -> Value?) throws(FieldError) -> [Value] {
        guard let text = values[name] else { return [] }
        let elements = text.split(separator: ",", omittingEmptySubsequences: false)
        guard elements.count <= RecurrenceRule.longestList else {
            throw RecurrenceRule.error("must not have more than \(RecurrenceRule.longestList) elements in \(name)")
        }
        var list: [Value] = []
        for element in elements {
            guard let value = read(element) else { throw RecurrenceRule.error("has a wrong \(name)") }
            guard !list.contains(value) else { throw RecurrenceRule.error("has \(element) twice in \(name)") }
            list.append(value)
        }
        return list
    }

    static func number(_ text: some StringProtocol, in range: ClosedRange<Int>) -> Int? {
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        return Int(text).flatMap { range.contains($0) ? $0 : nil }
    }

    /// Parses a number with an optional sign.
    static func signedNumber(_ text: Substring, in range: ClosedRange<Int>) -> Int? {
        switch text.first {
        case "-": number(text.dropFirst(), in: range).map { -$0 }
        case "+": number(text.dropFirst(), in: range)
        default: number(text, in: range)
        }
    }

    /// Parses `MO`, `1MO`, `-1FR`.
    static func weekday(_ text: Substring) -> RecurrenceRule.Weekday? {
        guard let weekday = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"].firstIndex(of: text.suffix(2)) else {
            return nil
        }
        let ordinal = text.dropLast(2)
        guard !ordinal.isEmpty else { return RecurrenceRule.Weekday(ordinal: nil, weekday: weekday) }
        return signedNumber(ordinal, in: 1...53).map { RecurrenceRule.Weekday(ordinal: $0, weekday: weekday) }
    }

    /// Parses `20261224` or `20261224T170000Z`.
    static func end(_ text: String) -> RecurrenceRule.End? {
        let bytes = Array(text.utf8)
        func piece(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        guard bytes.count == 8 || bytes.count == 16 else { return nil }
        let date = "\(piece(0..<4))-\(piece(4..<6))-\(piece(6..<8))"
        guard bytes.count == 16 else {
            return Timestamp(rfc3339: date + "T00:00:00Z").map { .day($0.milliseconds / 86_400_000) }
        }
        guard bytes[8] == UInt8(ascii: "T"), bytes[15] == UInt8(ascii: "Z") else { return nil }
        let clock = "\(piece(9..<11)):\(piece(11..<13)):\(piece(13..<15))"
        return Timestamp(rfc3339: "\(date)T\(clock)Z").map { .moment($0) }
    }
}
