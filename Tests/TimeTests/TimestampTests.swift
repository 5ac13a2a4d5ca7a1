import Foundation
import Testing

@testable import Time

@Suite struct TimestampTests {
    @Test(
        "RFC 3339 times are read in UTC",
        arguments: [
            ("1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00Z"),
            ("2026-11-22T19:54:09Z", 1_795_377_249_000, "2026-11-22T19:54:09Z"),
            ("2026-11-22t19:54:09z", 1_795_377_249_000, "2026-11-22T19:54:09Z"),
            ("2026-11-22T20:54:09+01:00", 1_795_377_249_000, "2026-11-22T19:54:09Z"),
            ("2026-11-22T14:24:09-05:30", 1_795_377_249_000, "2026-11-22T19:54:09Z"),
            ("2026-11-22T19:54:09.1Z", 1_795_377_249_100, "2026-11-22T19:54:09.100Z"),
            ("2026-11-22T19:54:09.1239999Z", 1_795_377_249_123, "2026-11-22T19:54:09.123Z"),
            ("2026-11-22T19:54:09.007Z", 1_795_377_249_007, "2026-11-22T19:54:09.007Z"),
            ("2024-02-29T23:59:59Z", 1_709_251_199_000, "2024-02-29T23:59:59Z"),
            ("2000-02-29T00:00:00Z", 951_782_400_000, "2000-02-29T00:00:00Z"),
            ("9999-12-31T23:59:59.999Z", 253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        ])
    func reads(text: String, milliseconds: Int, written: String) throws {
        let timestamp = try #require(Timestamp(rfc3339: text))
        #expect(timestamp.milliseconds == milliseconds)
        #expect(timestamp.rfc3339 == written)
    }

    @Test(
        "Everything else is refused",
        arguments: [
            "", "2026-11-22", "2026-11-22T19:54Z", "2026-11-22T19:54:09", "2026-11-22 19:54:09Z", "tomorrow",
            "2026-13-22T19:54:09Z", "2026-00-22T19:54:09Z", "2026-11-31T19:54:09Z", "2026-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z", "2026-11-00T19:54:09Z", "2026-11-22T24:00:00Z", "2026-11-22T19:60:09Z",
            "2026-11-22T19:54:60Z", "2026-11-22T19:54:09.Z", "2026-11-22T19:54:09+1:00", "2026-11-22T19:54:09+24:00",
            "2026-11-22T19:54:09+01:60", "2026-11-22T19:54:09+0100", "2026-11-22T19:54:09ZZ", " 2026-11-22T19:54:09Z",
            "1969-12-31T23:59:59Z", "1970-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "+2026-11-22T19:54:09Z",
            "２026-11-22T19:54:09Z", "2026-11-22T19:54:09.00000000000000000000000001Z",
        ])
    func refuses(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test("Every day of four centuries has one date, and it is Foundation's")
    func calendar() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        for day in stride(from: 0, to: 400 * 366, by: 13) {
            let date = CivilDate(daysSince1970: day)
            #expect(date.daysSince1970 == day && date.exists && (date.weekday - 1) % 7 == (day + 3) % 7)
            let expected = calendar.dateComponents(
                [.year, .month, .day], from: Date(timeIntervalSince1970: Double(day) * 86_400))
            #expect([date.year, date.month, date.day] == [expected.year, expected.month, expected.day])
        }
    }

    @Test("What has no place in the years is clamped")
    func clamps() {
        #expect(Timestamp(milliseconds: -1).milliseconds == 0)
        #expect(Timestamp(Date(timeIntervalSince1970: 1e18)).rfc3339 == "9999-12-31T23:59:59.999Z")
        #expect(Timestamp(Date(timeIntervalSince1970: .nan)).milliseconds == 0)
    }
}
