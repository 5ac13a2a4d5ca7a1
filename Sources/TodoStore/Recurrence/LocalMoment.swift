package import Foundation
package import Time

/// A time on the clock of a time zone: a day, and the milliseconds since its midnight.
struct LocalMoment: Hashable {
    let day: Int
    let milliseconds: Int

    init(_ timestamp: Timestamp, _ timeZone: TimeZone) {
        let local = timestamp.milliseconds + timeZone.secondsFromGMT(for: timestamp.date) * 1000
        day = Int((Double(local) / 86_400_000).rounded(.down))
        milliseconds = local - day * 86_400_000
    }

    init(day: Int, milliseconds: Int) {
        self.day = day
        self.milliseconds = milliseconds
    }

    /// Returns the time at which the clock shows this. A local time that is skipped is read with the offset before the
    /// gap; of a repeated one the first is used (RFC 5545, section 3.3.5).
    func timestamp(in timeZone: TimeZone) -> Timestamp {
        let local = day * 86_400_000 + milliseconds
        func moment(_ offset: Int) -> Timestamp { Timestamp(milliseconds: local - offset * 1000) }
        func offset(at milliseconds: Int) -> Int {
            timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(milliseconds) / 1000))
        }
        let before = offset(at: local - 86_400_000)
        let first = moment(before)
        let after = offset(at: first.milliseconds)
        guard after != before else { return first }
        let second = moment(after)
        return offset(at: second.milliseconds) == after ? second : first
    }
}

extension Timestamp {
    /// Returns the time at which the clock of a time zone shows what this time shows in UTC.
    package func onClock(of timeZone: TimeZone) -> Timestamp { LocalMoment(self, .gmt).timestamp(in: timeZone) }
}
