import Foundation
import Time
import TodoStore

/// Invariants of recurrence rules for any text.
///
/// The first four bytes of an input are the due date of the task, the next two the delay of its completion in hours;
/// the rest is the rule.
package enum RecurrenceFuzz {
    private static let zones = ["GMT", "Europe/Berlin", "America/St_Johns", "Pacific/Apia"]
        .compactMap { TimeZone(identifier: $0) }

    /// - Returns: The violations found.
    package static func check(_ input: [UInt8]) -> [String] {
        guard input.count >= 6 else { return [] }
        let due = Timestamp(milliseconds: number(input[0..<4]) * 60_000)
        let late = number(input[4..<6])
        let now = due.adding(seconds: late * 3600)
        guard let rule = try? RecurrenceRule(String(decoding: input[6...], as: UTF8.self)) else { return [] }
        var findings: [String] = []
        if (try? RecurrenceRule(rule.text)) != rule { findings.append("its own text is another rule") }
        for zone in zones {
            var search = rule.search(after: due, now: now, timeZone: zone)
            _ = search.next(now: now, timeZone: zone)
            if search.candidates > RecurrenceSearch.limit { findings.append("\(search.candidates) candidates") }
            guard let next = rule.next(after: due, now: now, timeZone: zone) else { continue }
            if next.due <= now || next.due <= due { findings.append("\(next.due) is past") }
            if (try? RecurrenceRule(next.rule.text)) == nil { findings.append("what remains is no rule") }
        }
        return findings
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}
