package import Foundation

/// A point in time in whole seconds since 1970, UTC: the `NumericDate` of JSON Web Tokens (RFC 7519, section 2).
package struct UnixTime: Hashable, Comparable, Sendable {
    package let seconds: Int

    package init(_ seconds: Int) { self.seconds = seconds }

    package init(_ date: Date) { seconds = Int(date.timeIntervalSince1970.rounded(.down)) }

    /// The end of the year 9999, after which RFC 3339 has no times.
    package static let latest = 253_402_300_799

    package static var now: UnixTime { UnixTime(Date()) }

    package static func < (left: UnixTime, right: UnixTime) -> Bool { left.seconds < right.seconds }

    /// Clamped to the end of the year 9999.
    package static func + (time: UnixTime, duration: Duration) -> UnixTime {
        let (seconds, overflow) = time.seconds.addingReportingOverflow(Int(duration.components.seconds))
        return UnixTime(overflow ? latest : min(seconds, latest))
    }
}

extension UnixTime: CustomStringConvertible {
    /// RFC 3339 in UTC, as files and tables have it; a time before 1970 or after 9999 is written as the nearest in between.
    package var description: String { Timestamp(milliseconds: min(max(seconds, 0), Self.latest) * 1000).rfc3339 }

    /// Exactly the form that `description` writes: `2026-01-31T12:00:00Z`.
    package init?(rfc3339 text: String) {
        guard text.utf8.count == 20, let time = Timestamp(rfc3339: text), time.rfc3339 == text else { return nil }
        self.init(time.milliseconds / 1000)
    }
}
