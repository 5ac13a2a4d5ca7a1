package import Foundation

/// A moment: milliseconds since 1970 in UTC, written and read as RFC 3339, in the years 1970 to 9999.
package struct Timestamp: Hashable, Comparable, Sendable {
    package let milliseconds: Int

    /// Clamped to what RFC 3339 text can hold.
    package init(milliseconds: Int) { self.milliseconds = min(max(milliseconds, 0), Self.latest) }

    package init(_ date: Date) {
        let milliseconds = date.timeIntervalSince1970 * 1000
        self.init(milliseconds: milliseconds.isNaN ? 0 : Int(max(0, min(milliseconds, Double(Self.latest)))))
    }

    package static var now: Timestamp { Timestamp(Date()) }

    package var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }

    package func adding(seconds: Int) -> Timestamp { Timestamp(milliseconds: milliseconds + seconds * 1000) }

    package static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    /// 9999-12-31T23:59:59.999Z.
    private static let latest = 253_402_300_799_999
}

extension Timestamp: CustomStringConvertible {
    package var description: String { rfc3339 }

    /// `2026-11-22T19:54:09Z`, with `.123` only where there are milliseconds. No formatter: this is on the hot path.
    package var rfc3339: String {
        String(unsafeUninitializedCapacity: Self.maximumLength) { write(rfc3339: $0) }
    }

    /// Bytes of `rfc3339` at most.
    package static let maximumLength = 24

    /// Writes `rfc3339` into memory that has room for `maximumLength` bytes, and returns the number of bytes written.
    package func write(rfc3339 text: UnsafeMutableBufferPointer<UInt8>) -> Int {
        let (days, dayMilliseconds) = milliseconds.quotientAndRemainder(dividingBy: 86_400_000)
        let date = CivilDate(daysSince1970: days)
        let (seconds, fraction) = dayMilliseconds.quotientAndRemainder(dividingBy: 1000)
        text[0] = Self.digit(date.year / 1000)
        text[1] = Self.digit(date.year / 100 % 10)
        Self.write(date.year % 100, at: 2, in: text)
        text[4] = UInt8(ascii: "-")
        Self.write(date.month, at: 5, in: text)
        text[7] = UInt8(ascii: "-")
        Self.write(date.day, at: 8, in: text)
        text[10] = UInt8(ascii: "T")
        Self.write(seconds / 3600, at: 11, in: text)
        text[13] = UInt8(ascii: ":")
        Self.write(seconds / 60 % 60, at: 14, in: text)
        text[16] = UInt8(ascii: ":")
        Self.write(seconds % 60, at: 17, in: text)
        guard fraction != 0 else {
            text[19] = UInt8(ascii: "Z")
            return 20
        }
        text[19] = UInt8(ascii: ".")
        text[20] = Self.digit(fraction / 100)
        Self.write(fraction % 100, at: 21, in: text)
        text[23] = UInt8(ascii: "Z")
        return 24
    }

    private static func write(_ twoDigits: Int, at offset: Int, in text: UnsafeMutableBufferPointer<UInt8>) {
        text[offset] = digit(twoDigits / 10)
        text[offset + 1] = digit(twoDigits % 10)
    }

    private static func digit(_ value: Int) -> UInt8 { UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value) }
}
