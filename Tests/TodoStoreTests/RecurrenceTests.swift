import Foundation
import JSON
import Testing
import Time

@testable import TodoStore

@Suite struct RecurrenceTests {
    private static let berlin = TimeZone(identifier: "Europe/Berlin") ?? .gmt

    struct Case: Sendable, CustomTestStringConvertible {
        let rule: String
        let due: String
        /// The following occurrences, each completed before it is due.
        let next: [String]
        var testDescription: String { rule }

        init(_ rule: String, _ due: String, _ next: String...) {
            self.rule = rule
            self.due = due
            self.next = next
        }
    }

    /// Mostly the examples of RFC 5545, section 3.8.5.3, in their own time zone.
    static let cases: [Case] = [
        Case("FREQ=DAILY", "2027-01-30T08:00:00Z", "2027-01-31T08:00:00Z", "2027-02-01T08:00:00Z"),
        // The clocks change on 28 March and 31 October 2027; the local time stays nine o'clock.
        Case("FREQ=DAILY", "2027-03-27T08:00:00Z", "2027-03-28T07:00:00Z"),
        Case("FREQ=DAILY", "2027-10-30T07:00:00Z", "2027-10-31T08:00:00Z"),
        // Half past two does not exist in one night, and exists twice in the other.
        Case("FREQ=DAILY", "2027-03-27T01:30:00Z", "2027-03-28T01:30:00Z", "2027-03-29T01:30:00Z"),
        Case("FREQ=DAILY", "2027-10-30T00:30:00Z", "2027-10-31T00:30:00Z", "2027-11-01T01:30:00Z"),
        Case("FREQ=DAILY;INTERVAL=10;COUNT=3", "2027-01-01T08:00:00Z", "2027-01-11T08:00:00Z", "2027-01-21T08:00:00Z"),
        Case("FREQ=DAILY;UNTIL=20270102", "2027-01-01T22:59:00Z", "2027-01-02T22:59:00Z"),
        Case("FREQ=DAILY;UNTIL=20270102T080000Z", "2027-01-01T08:00:00Z", "2027-01-02T08:00:00Z"),
        Case("FREQ=DAILY;UNTIL=20270102T075959Z", "2027-01-01T08:00:00Z"),
        Case("FREQ=DAILY;BYMONTH=1", "2027-01-31T08:00:00Z", "2028-01-01T08:00:00Z"),
        Case("FREQ=DAILY;BYDAY=MO,FR", "2027-01-01T08:00:00Z", "2027-01-04T08:00:00Z", "2027-01-08T08:00:00Z"),
        Case("FREQ=DAILY;BYMONTHDAY=-1", "2027-01-31T08:00:00Z", "2027-02-28T08:00:00Z"),
        Case("FREQ=WEEKLY", "2027-01-01T08:00:00Z", "2027-01-08T08:00:00Z"),
        Case(
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR", "2027-01-01T08:00:00Z", "2027-01-11T08:00:00Z",
            "2027-01-13T08:00:00Z", "2027-01-15T08:00:00Z", "2027-01-25T08:00:00Z"),
        // 22:00 in UTC is the next day in Berlin, a Saturday.
        Case("FREQ=WEEKLY;BYDAY=SA", "2027-01-01T23:30:00Z", "2027-01-08T23:30:00Z"),
        Case("FREQ=MONTHLY", "2027-01-31T08:00:00Z", "2027-03-31T07:00:00Z", "2027-05-31T07:00:00Z"),
        Case("FREQ=MONTHLY;BYDAY=1FR", "2027-01-01T08:00:00Z", "2027-02-05T08:00:00Z"),
        Case("FREQ=MONTHLY;BYDAY=1SU,-1SU", "2027-01-03T08:00:00Z", "2027-01-31T08:00:00Z", "2027-02-07T08:00:00Z"),
        Case("FREQ=MONTHLY;BYDAY=-2MO", "2027-01-18T08:00:00Z", "2027-02-15T08:00:00Z"),
        Case("FREQ=MONTHLY;BYMONTHDAY=-3", "2027-01-29T08:00:00Z", "2027-02-26T08:00:00Z"),
        Case("FREQ=MONTHLY;BYMONTHDAY=2,15", "2027-01-02T08:00:00Z", "2027-01-15T08:00:00Z", "2027-02-02T08:00:00Z"),
        Case("FREQ=MONTHLY;INTERVAL=18;BYMONTHDAY=10", "2027-01-10T08:00:00Z", "2028-07-10T07:00:00Z"),
        Case("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "2027-08-13T07:00:00Z", "2028-10-13T07:00:00Z"),
        Case("FREQ=YEARLY", "2028-02-29T08:00:00Z", "2032-02-29T08:00:00Z"),
        Case("FREQ=YEARLY;BYMONTH=6,7", "2027-06-10T07:00:00Z", "2027-07-10T07:00:00Z", "2028-06-10T07:00:00Z"),
        Case("FREQ=YEARLY;BYDAY=20MO", "2027-05-17T07:00:00Z", "2028-05-15T07:00:00Z"),
        Case("FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "2027-03-25T08:00:00Z", "2028-03-02T08:00:00Z"),
        Case("FREQ=YEARLY;BYMONTHDAY=1", "2027-12-01T08:00:00Z", "2028-01-01T08:00:00Z"),
        Case(
            "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "2028-11-07T08:00:00Z",
            "2032-11-02T08:00:00Z"),
        // Without BYMONTH, the ordinals count within the year: its last Saturday, if that is the 31st.
        Case("FREQ=YEARLY;BYMONTHDAY=31;BYDAY=-1SA", "2027-10-25T00:30:00Z", "2033-12-31T01:30:00Z"),
        Case("FREQ=DAILY;COUNT=1", "2027-01-01T08:00:00Z"),
    ]

    @Test("The next occurrence follows RFC 5545, in the time zone", arguments: cases)
    func next(example: Case) throws {
        var rule: RecurrenceRule? = try RecurrenceRule(example.rule)
        var due = try #require(Timestamp(rfc3339: example.due))
        var found: [String] = []
        for _ in 0..<max(example.next.count, 1) {
            guard let next = rule?.next(after: due, now: due.adding(seconds: -60), timeZone: Self.berlin) else { break }
            found.append(next.due.rfc3339)
            (due, rule) = (next.due, next.rule)
        }
        #expect(found == example.next)
    }

    @Test("A rule ends with its COUNT and its UNTIL")
    func ends() throws {
        var rule: RecurrenceRule? = try RecurrenceRule("FREQ=DAILY;COUNT=3")
        var due = try #require(Timestamp(rfc3339: "2027-01-01T08:00:00Z"))
        var rules: [String] = []
        while let next = rule?.next(after: due, now: due, timeZone: .gmt) {
            (due, rule) = (next.due, next.rule)
            rules.append(next.rule.text)
        }
        #expect(rules == ["FREQ=DAILY;COUNT=2", "FREQ=DAILY;COUNT=1"])
    }

    @Test("What is completed late recurs in the future, and what was missed counts for COUNT")
    func late() throws {
        let rule = try RecurrenceRule("FREQ=DAILY;COUNT=10")
        let due = try #require(Timestamp(rfc3339: "2027-01-01T08:00:00Z"))
        let now = try #require(Timestamp(rfc3339: "2027-01-04T09:00:00Z"))
        let next = rule.next(after: due, now: now, timeZone: .gmt)
        #expect(next?.due.rfc3339 == "2027-01-05T08:00:00Z")
        #expect(next?.rule.text == "FREQ=DAILY;COUNT=6")
    }

    @Test("Without a due date a task recurs at the end of the day")
    func withoutDue() throws {
        let now = try #require(Timestamp(rfc3339: "2026-11-22T20:00:00Z"))
        let next = try RecurrenceRule("FREQ=WEEKLY;BYDAY=TU").next(after: nil, now: now, timeZone: Self.berlin)
        #expect(next?.due.rfc3339 == "2026-11-24T22:59:59Z")
    }

    @Test(
        "A rule that comes true nearly never or never at all is given up",
        arguments: ["FREQ=MONTHLY;INTERVAL=12;BYMONTH=3", "FREQ=WEEKLY;BYDAY=MO;INTERVAL=999;UNTIL=19700101"])
    func never(rule: String) throws {
        let due = try #require(Timestamp(rfc3339: "2027-01-01T08:00:00Z"))
        #expect(try RecurrenceRule(rule).next(after: due, now: due, timeZone: .gmt) == nil)
    }

    @Test("Rules that name no day that there is are refused", arguments: ["DAILY", "MONTHLY", "YEARLY"])
    func refusesImpossible(frequency: String) {
        #expect(throws: FieldError.self) { try RecurrenceRule("FREQ=\(frequency);BYMONTH=2;BYMONTHDAY=30") }
        #expect(throws: FieldError.self) { try RecurrenceRule("FREQ=\(frequency);BYMONTH=4,6;BYMONTHDAY=31,-31") }
        #expect(throws: Never.self) { try RecurrenceRule("FREQ=\(frequency);BYMONTH=2;BYMONTHDAY=29") }
    }

    @Test(
        "Weekdays that no month has are refused, the others of their list are not",
        arguments: [
            ("FREQ=MONTHLY;BYDAY=6MO", false), ("FREQ=MONTHLY;BYDAY=-6MO,53FR", false),
            ("FREQ=YEARLY;BYMONTH=2;BYDAY=6TU", false), ("FREQ=MONTHLY;BYDAY=6MO,5TU", true),
            ("FREQ=YEARLY;BYDAY=53MO", true), ("FREQ=MONTHLY;BYDAY=MO", true),
            ("FREQ=YEARLY;BYMONTH=2;BYDAY=-5MO", true),
        ])
    func refusesImpossibleWeekdays(rule: String, isFine: Bool) {
        #expect(((try? RecurrenceRule(rule)) != nil) == isFine)
    }

    @Test(
        "Rules whose days of the month, months and weekdays never meet are refused on paper",
        arguments: [
            ("FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=8", false), ("FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=7", true),
            ("FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=28,1", false), ("FREQ=MONTHLY;BYDAY=-1SU;BYMONTHDAY=-8", false),
            ("FREQ=YEARLY;BYDAY=20MO;BYMONTHDAY=1", false), ("FREQ=YEARLY;BYDAY=20MO;BYMONTHDAY=17", true),
            ("FREQ=YEARLY;BYDAY=-53MO", true), ("FREQ=YEARLY;BYDAY=53MO;BYMONTHDAY=30", true),
            ("FREQ=YEARLY;BYDAY=53MO;BYMONTHDAY=29", false), ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30,31", false),
            ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-30", false), ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", true),
            ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=5MO", true),
            ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28;BYDAY=5MO", false),
            ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU", true), ("FREQ=DAILY;BYMONTH=9;BYMONTHDAY=31", false),
            ("FREQ=WEEKLY;BYDAY=MO;BYMONTH=2", true),
        ])
    func meetsOnPaper(rule: String, isFine: Bool) {
        #expect(((try? RecurrenceRule(rule)) != nil) == isFine)
    }

    @Test("Lists have at most sixty elements, each of them once")
    func lists() {
        func list(_ count: Int) -> String { (1...count).map { "\($0)MO" }.joined(separator: ",") }
        let many = list(53) + ",TU,WE,TH,FR,SA,SU,MO"
        #expect(throws: Never.self) { try RecurrenceRule("FREQ=YEARLY;BYDAY=\(many)") }
        #expect(throws: FieldError.self) { try RecurrenceRule("FREQ=YEARLY;BYDAY=\(many),1TU") }
        let days = ((1...31).map { "\($0)" } + (1...30).map { "-\($0)" }).joined(separator: ",")
        #expect(throws: FieldError.self) { try RecurrenceRule("FREQ=MONTHLY;BYMONTHDAY=\(days)") }
        for part in ["BYDAY=MO,TU,MO", "BYDAY=1MO,+1MO", "BYMONTHDAY=5,05", "BYMONTHDAY=1,2,+1", "BYMONTH=1,01"] {
            #expect(throws: FieldError.self, "\(part)") { try RecurrenceRule("FREQ=MONTHLY;" + part) }
        }
    }

    /// Rules with a late or no occurrence, in a search from their beginning.
    static let costly: [(rule: String, due: String)] = [
        ("FREQ=MONTHLY;INTERVAL=12;BYMONTH=3", "2027-01-01T08:00:00Z"),
        ("FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", "2027-01-01T08:00:00Z"),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=MO", "2027-01-01T08:00:00Z"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU", "2027-01-01T08:00:00Z"),
        ("FREQ=DAILY", "1970-01-01T08:00:00Z"), ("FREQ=DAILY;COUNT=9999", "1970-01-01T08:00:00Z"),
        ("FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;COUNT=9999", "1970-01-01T08:00:00Z"),
        ("FREQ=DAILY;UNTIL=99981231;BYMONTH=2;BYMONTHDAY=29", "9990-01-01T08:00:00Z"),
        ("FREQ=WEEKLY;INTERVAL=52;BYMONTH=7", "2027-01-01T08:00:00Z"), ("FREQ=DAILY", "9999-12-31T08:00:00Z"),
        (
            "FREQ=YEARLY;BYMONTHDAY=30;BYDAY=" + (1...53).map { "\($0)MO" }.joined(separator: ","),
            "2027-01-01T08:00:00Z"
        ),
    ]

    @Test("A search looks at two thousand days, weeks and months at most", arguments: costly)
    func bounded(rule: String, due: String) throws {
        let rule = try RecurrenceRule(rule)
        let due = try #require(Timestamp(rfc3339: due))
        let now = try #require(Timestamp(rfc3339: "2027-01-01T07:00:00Z"))
        var search = rule.search(after: due, now: now, timeZone: Self.berlin)
        _ = search.next(now: now, timeZone: Self.berlin)
        #expect(search.candidates <= RecurrenceSearch.limit)
    }

    @Test("Who was away for decades goes on from today after a look at a few days")
    func longAway() throws {
        let due = try #require(Timestamp(rfc3339: "1971-03-31T08:00:00Z"))
        let now = try #require(Timestamp(rfc3339: "2027-06-15T09:00:00Z"))
        for (rule, expected) in [
            ("FREQ=DAILY", "2027-06-16T08:00:00Z"), ("FREQ=DAILY;INTERVAL=2", "2027-06-17T08:00:00Z"),
            ("FREQ=WEEKLY", "2027-06-16T08:00:00Z"), ("FREQ=WEEKLY;INTERVAL=3", "2027-06-23T08:00:00Z"),
            ("FREQ=MONTHLY", "2027-07-31T08:00:00Z"), ("FREQ=YEARLY;INTERVAL=10", "2031-03-31T08:00:00Z"),
        ] {
            var search = try RecurrenceRule(rule).search(after: due, now: now, timeZone: .gmt)
            #expect(search.next(now: now, timeZone: .gmt)?.due.rfc3339 == expected, "\(rule)")
            #expect(search.candidates < 20)
        }
    }
}
