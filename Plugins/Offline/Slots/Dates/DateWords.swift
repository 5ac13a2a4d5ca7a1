import Foundation

/// The words of dates.
enum DateWords {
    static let weekdays = table([
        ["monday", "mon"], ["tuesday", "tue", "tues"], ["wednesday", "wed", "weds"],
        ["thursday", "thu", "thur", "thurs"],
        ["friday", "fri"], ["saturday", "sat"], ["sunday", "sun"],
    ])
    static let months = table([
        ["january", "jan"], ["february", "feb"], ["march", "mar"], ["april", "apr"], ["may"], ["june", "jun"],
        ["july", "jul"], ["august", "aug"], ["september", "sep", "sept"], ["october", "oct"], ["november", "nov"],
        ["december", "dec"],
    ])
    static let tomorrow: Set<String> = ["tomorrow", "tmrw", "tomorow", "tommorow", "tommorrow", "tomorrrow"]
    static let connectors: Set<String> = ["on", "at", "by", "before", "until", "till", "due", "for", "from", "around"]
    static let dayParts: [String: ClockTime] = [
        "morning": ClockTime(hour: 9, minute: 0), "afternoon": ClockTime(hour: 15, minute: 0),
        "evening": ClockTime(hour: 18, minute: 0), "night": ClockTime(hour: 20, minute: 0),
    ]
    static let units: [String: Calendar.Component] = [
        "minute": .minute, "minutes": .minute, "min": .minute, "mins": .minute, "hour": .hour, "hours": .hour,
        "hr": .hour, "hrs": .hour, "day": .day, "days": .day, "week": .weekOfYear, "weeks": .weekOfYear,
        "month": .month, "months": .month, "year": .year, "years": .year,
    ]

    /// Builds a table from the names of months or weekdays to their numbers, from 1.
    private static func table(_ names: [[String]]) -> [String: Int] {
        var table: [String: Int] = [:]
        for (index, words) in names.enumerated() { for word in words { table[word] = index + 1 } }
        return table
    }
}

/// Numbers in words.
enum NumberWords {
    static let cardinals: [String: Int] = [
        "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
        "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
    ]
    static let ordinals: [String: Int] = [
        "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
        "ninth": 9, "tenth": 10, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "6th": 6, "7th": 7, "8th": 8,
        "9th": 9, "10th": 10,
    ]

    /// Returns a count in digits or words; "a" and "a couple of" are handled by the caller.
    static func count(_ token: Token?) -> Int? {
        guard let token else { return nil }
        if let number = token.number { return number }
        return token.kind == .word ? cardinals[token.key] : nil
    }

    /// Returns the day of a month: "24", "24th".
    static func monthDay(_ token: Token?) -> Int? {
        guard let token, !token.isPunctuation else { return nil }
        var digits = token.key[...]
        for suffix in ["st", "nd", "rd", "th"] where digits.hasSuffix(suffix) { digits = digits.dropLast(2) }
        guard digits.count <= 2, let day = Int(digits), (1...31).contains(day) else { return nil }
        return day
    }
}
