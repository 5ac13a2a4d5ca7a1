import Foundation

/// A parser of a time or part of the day at the start of tokens.
enum TimeParser {
    static func part(
        _ tokens: Tokens, _ connector: String?, _ local: LocalTime, into reading: inout DateReading
    ) -> Tokens? {
        if reading.part == nil, let rest = dayPart(tokens, local, into: &reading) { return rest }
        guard reading.time == nil, let (time, hasMeridiem, rest) = clock(tokens, connector) else { return nil }
        reading.time = time
        reading.hasMeridiem = hasMeridiem
        return rest
    }

    /// "tonight", "this evening", "in the morning", and "morning" after a day.
    private static func dayPart(_ tokens: Tokens, _ local: LocalTime, into reading: inout DateReading) -> Tokens? {
        guard let first = tokens.first else { return nil }
        if first.key == "tonight" {
            guard reading.day == nil else { return nil }
            reading.day = local.today
            let usual = ClockTime(hour: 20, minute: 0)
            // Later in the evening it means the rest of the day.
            reading.part = local.date(local.today, usual) > local.now ? usual : .endOfDay
            return tokens.dropFirst()
        }
        let skipped: Int
        if first.key == "this" {
            guard reading.day == nil else { return nil }
            skipped = 1
        } else if tokens.starts(with: ["in", "the"]) {
            skipped = 2
        } else {
            guard reading.day != nil || reading.time != nil else { return nil }
            skipped = 0
        }
        guard let name = tokens.at(skipped), let part = DateWords.dayParts[name.key] else { return nil }
        if first.key == "this" { reading.day = local.today }
        reading.part = part
        return tokens.dropFirst(skipped + 1)
    }

    /// "5 pm", "5:30pm", "17:00", "noon"; "5" and "17" only after "at", "by" and the like.
    private static func clock(_ tokens: Tokens, _ connector: String?) -> (ClockTime, Bool, Tokens)? {
        guard let first = tokens.first else { return nil }
        if first.key == "noon" || first.key == "midday" {
            return (ClockTime(hour: 12, minute: 0), true, tokens.dropFirst())
        }
        if first.key == "midnight" { return (.endOfDay, true, tokens.dropFirst()) }
        var digits = first.key[...]
        var meridiem: Substring = ""
        if digits.hasSuffix("am") || digits.hasSuffix("pm") {
            meridiem = digits.suffix(2)
            digits = digits.dropLast(2)
        }
        var rest = tokens.dropFirst()
        if meridiem.isEmpty, let next = rest.first {
            if ["am", "pm", "a.m", "p.m"].contains(next.key) {
                meridiem = next.key.first == "a" ? "am" : "pm"
                rest = rest.dropFirst()
                if next.key.count == 3, rest.first?.key == "." { rest = rest.dropFirst() }
            } else if next.key == "o'clock" || next.key == "oclock" {
                guard let (hour, minute) = hourAndMinute(digits) else { return nil }
                return (ClockTime(hour: hour, minute: minute ?? 0), hour > 12, rest.dropFirst())
            }
        }
        guard let (hour, minute) = hourAndMinute(digits) else { return nil }
        if !meridiem.isEmpty {
            guard (1...12).contains(hour) else { return nil }
            let isAfternoon = meridiem == "pm"
            return (ClockTime(hour: hour % 12 + (isAfternoon ? 12 : 0), minute: minute ?? 0), true, rest)
        }
        guard
            minute != nil || connector.map({ ["at", "by", "before", "until", "till", "around"].contains($0) }) == true
        else { return nil }
        // "05:00" and "17:00" are 24-hour times; "at 5" and "5:30" are not.
        let isWholeDay = hour > 12 || hour == 0 || digits.hasPrefix("0")
        return (ClockTime(hour: hour, minute: minute ?? 0), isWholeDay, rest)
    }

    private static func hourAndMinute(_ digits: Substring) -> (Int, Int?)? {
        let parts = digits.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ (1...2).contains($0.utf8.count) }),
            let hour = Int(parts[0]), (0...23).contains(hour)
        else { return nil }
        guard parts.count == 2 else { return (hour, nil) }
        guard parts[1].count == 2, let minute = Int(parts[1]), (0...59).contains(minute) else { return nil }
        return (hour, minute)
    }
}
