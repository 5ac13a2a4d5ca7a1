import Foundation

/// The time at which a message of the user was written, as the model reads it at the start of the message.
///
/// Each message keeps its own time in the history, so that the start of a conversation never changes and a server can
/// reuse what it has computed for it.
struct MessageTime: Sendable {
    let date: Date
    let timeZone: TimeZone

    /// The message with its time, such as `[Sunday 2026-11-22 21:04 UTC+01:00] Add milk`.
    func stamped(_ message: String) -> String { "[\(text)] \(message)" }

    /// Returns whether a due time is no more than this time, which a small model writes where nobody named one.
    func isCopied(in due: String) -> Bool {
        let clock = text.split(separator: " ").dropFirst().prefix(2)
        let words = due.split { " T[]Z".contains($0) }
        guard words.first == clock.first, words.count > 1 else { return false }
        return words[1].prefix(5) == clock.last?.prefix(5)
    }

    private var text: String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .weekday], from: date)
        let offset = timeZone.secondsFromGMT(for: date)
        func padded(_ number: Int?, _ width: Int = 2) -> String {
            let digits = String(number ?? 0)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let day = "\(padded(parts.year, 4))-\(padded(parts.month))-\(padded(parts.day))"
        let zone = "UTC\(offset < 0 ? "-" : "+")\(padded(abs(offset) / 3600)):\(padded(abs(offset) / 60 % 60))"
        return
            "\(Self.weekdays[((parts.weekday ?? 1) - 1) % 7]) \(day) \(padded(parts.hour)):\(padded(parts.minute)) \(zone)"
    }

    private static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
}
