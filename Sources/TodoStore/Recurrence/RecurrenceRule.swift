import JSON

/// An RRULE (RFC 5545, section 3.3.10) of the parts that the contract knows, checked and in upper case.
struct RecurrenceRule: Hashable, Sendable {
    let text: String
    /// By their names; each has been checked.
    let parts: [String: String]

    init(_ text: String) throws(FieldError) {
        guard text.utf8.count <= 500 else { throw Self.error("must not be longer than 500 characters") }
        var rule = text.uppercased()
        if rule.hasPrefix("RRULE:") { rule.removeFirst("RRULE:".count) }
        var parts: [String: String] = [:]
        for part in rule.split(separator: ";", omittingEmptySubsequences: false) {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard pair.count == 2, let check = Self.checks[pair[0]] else {
                throw Self.error(
                    "must be an RRULE of FREQ, INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY and BYMONTH, "
                        + "such as FREQ=WEEKLY;BYDAY=MO")
            }
            guard parts.updateValue(pair[1], forKey: pair[0]) == nil else { throw Self.error("has \(pair[0]) twice") }
            guard check(pair[1]) else { throw Self.error("has a wrong \(pair[0])") }
        }
        try Self.checkTogether(parts)
        self.text = rule
        self.parts = parts
    }

    /// What no part alone can tell.
    private static func checkTogether(_ parts: [String: String]) throws(FieldError) {
        guard let frequency = parts["FREQ"] else { throw error("must have FREQ") }
        if parts["COUNT"] != nil, parts["UNTIL"] != nil { throw error("must not have both COUNT and UNTIL") }
        // There is no 31st of April and no 30th of February: a rule that never comes true would be searched in vain.
        if let months = parts["BYMONTH"], let days = parts["BYMONTHDAY"] {
            let longest =
                months.split(separator: ",").compactMap { Int($0) }.map(CivilDate.longest(ofMonth:)).max() ?? 31
            let exists = days.split(separator: ",").compactMap { Int($0) }.contains { abs($0) <= longest }
            guard exists else { throw error("names no day that there is") }
        }
        if frequency == "WEEKLY", parts["BYMONTHDAY"] != nil { throw error("must not have BYMONTHDAY with WEEKLY") }
        let hasOrdinals = parts["BYDAY"].map { $0.contains(where: \.isNumber) } ?? false
        if hasOrdinals, frequency != "MONTHLY", frequency != "YEARLY" {
            throw error("must not have numbers in BYDAY with \(frequency)")
        }
        // Neither is there a sixth Monday of a month.
        if let days = parts["BYDAY"], frequency == "MONTHLY" || parts["BYMONTH"] != nil {
            let exists = days.split(separator: ",").contains { (-5...5).contains(Int($0.dropLast(2)) ?? 1) }
            guard exists else { throw error("names no day that there is") }
        }
    }

    private static let checks: [String: @Sendable (String) -> Bool] = [
        "FREQ": { ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"].contains($0) },
        "INTERVAL": { number($0, in: 1...999) },
        "COUNT": { number($0, in: 1...9999) },
        "UNTIL": isDate,
        "BYDAY": { list($0, isWeekday) },
        "BYMONTHDAY": { list($0) { number($0.withoutSign, in: 1...31) } },
        "BYMONTH": { list($0) { number($0, in: 1...12) } },
    ]

    /// `20261224` or `20261224T170000Z`.
    private static func isDate(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 8 || bytes.count == 16 else { return false }
        let time = bytes.count == 16 ? String(decoding: bytes[8...], as: UTF8.self) : "T000000Z"
        let digits = String(decoding: bytes[..<8], as: UTF8.self) + time.dropFirst().dropLast()
        guard time.first == "T", time.last == "Z", digits.utf8.count == 14 else { return false }
        let pieces = digits.map(String.init)
        let date = pieces[0..<4].joined() + "-" + pieces[4..<6].joined() + "-" + pieces[6..<8].joined()
        let clock = pieces[8..<10].joined() + ":" + pieces[10..<12].joined() + ":" + pieces[12..<14].joined()
        return Timestamp(rfc3339: "\(date)T\(clock)Z") != nil
    }

    /// `MO`, `1MO`, `-1FR`.
    private static func isWeekday(_ text: Substring) -> Bool {
        guard ["MO", "TU", "WE", "TH", "FR", "SA", "SU"].contains(text.suffix(2)) else { return false }
        let ordinal = text.dropLast(2)
        return ordinal.isEmpty || number(ordinal.withoutSign, in: 1...53)
    }

    private static func list(_ text: String, _ check: (Substring) -> Bool) -> Bool {
        text.split(separator: ",", omittingEmptySubsequences: false).allSatisfy(check)
    }

    private static func number(_ text: some StringProtocol, in range: ClosedRange<Int>) -> Bool {
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return false }
        return Int(text).map(range.contains) ?? false
    }

    private static func error(_ message: String) -> FieldError { FieldError("recurrence", message) }
}

extension Substring {
    /// Without one leading sign.
    fileprivate var withoutSign: Substring { first == "-" || first == "+" ? dropFirst() : self }
}
