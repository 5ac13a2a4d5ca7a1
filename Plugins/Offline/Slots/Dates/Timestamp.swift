import Foundation

/// Times in RFC 3339, UTC, the format of the tools.
enum Timestamp {
    static func text(_ date: Date) -> String { date.formatted(Date.ISO8601FormatStyle()) }

    static func date(_ text: String) -> Date? {
        (try? Date.ISO8601FormatStyle().parse(text))
            ?? (try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(text))
    }
}
