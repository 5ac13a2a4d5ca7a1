/// A recurrence rule in English: "every 2 weeks on Tuesday and Thursday".
struct RecurrenceWords {
    private let parts: [String: String]

    init?(_ rule: String) {
        var parts: [String: String] = [:]
        for part in rule.uppercased().split(separator: ";") {
            let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
            guard sides.count == 2 else { return nil }
            parts[sides[0]] = sides[1]
        }
        self.parts = parts
    }

    /// The text; nil where the rule is clearer than words.
    var text: String? {
        let units = ["DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"]
        guard let unit = parts["FREQ"].flatMap({ units[$0] }),
            Set(parts.keys).isSubset(of: ["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTH", "BYMONTHDAY"]),
            let days = days(unit), let end
        else { return nil }
        let interval = parts["INTERVAL"].flatMap { Int($0) } ?? 1
        if days == "Monday, Tuesday, Wednesday, Thursday and Friday", interval == 1, unit == "week" {
            return "every weekday" + end
        }
        return "every " + (interval == 1 ? unit : "\(interval) \(unit)s") + (days.isEmpty ? "" : " on " + days) + end
    }

    /// Returns the days within the period: empty if the rule names none, nil if they are too complex for words.
    private func days(_ unit: String) -> String? {
        switch (parts["BYDAY"], parts["BYMONTHDAY"], parts["BYMONTH"]) {
        case (nil, nil, nil): return ""
        case (let weekdays?, nil, nil):
            let names = weekdays.split(separator: ",").map(Self.weekday)
            return names.contains(nil) ? nil : Phrases.joined(names.compactMap(\.self))
        case (nil, let days?, nil) where unit == "month":
            let names = days.split(separator: ",").map { Int($0).flatMap(Self.monthDay) }
            return names.contains(nil) ? nil : Phrases.joined(names.compactMap { $0.map { "the \($0)" } })
        case (nil, let day?, let month?) where unit == "year":
            guard let day = Int(day), day > 0, let month = Int(month), (1...12).contains(month) else { return nil }
            return "\(day) \(Self.months[month - 1])"
        default: return nil
        }
    }

    /// " until 24 Dec 2026", ", 3 times"
    private var end: String? {
        if let count = parts["COUNT"] { return count == "1" ? ", once more" : ", \(count) times" }
        guard let until = parts["UNTIL"] else { return "" }
        let digits = until.prefix(8)
        guard digits.count == 8, let number = Int(digits), (1...12).contains(number / 100 % 100) else { return nil }
        return " until \(number % 100) \(Self.months[number / 100 % 100 - 1].prefix(3)) \(number / 10_000)"
    }

    /// "MO", "-1FR"
    private static func weekday(_ text: Substring) -> String? {
        guard let name = weekdays[String(text.suffix(2))] else { return nil }
        let ordinal = text.dropLast(2)
        return ordinal.isEmpty ? name : Int(ordinal).flatMap(Self.ordinal).map { "the \($0) \(name)" }
    }

    private static func monthDay(_ day: Int) -> String? { day == -1 ? "last day" : day > 0 ? ordinal(day) : nil }

    private static func ordinal(_ number: Int) -> String? {
        if number == -1 { return "last" }
        guard number > 0 else { return nil }
        switch (number % 10, number % 100) {
        case (1, let rest) where rest != 11: return "\(number)st"
        case (2, let rest) where rest != 12: return "\(number)nd"
        case (3, let rest) where rest != 13: return "\(number)rd"
        default: return "\(number)th"
        }
    }

    private static let weekdays = [
        "MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday", "FR": "Friday", "SA": "Saturday",
        "SU": "Sunday",
    ]
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}
