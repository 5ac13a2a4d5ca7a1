import Glibc

/// A wait for a socket.
enum Wait {
    /// Waits until a socket can be read or, if asked for, written, or has ended. Returns false when the deadline passed.
    static func forSocket(
        _ descriptor: Int32, reading: Bool = true, writing: Bool, by deadline: ContinuousClock.Instant
    ) -> Bool {
        var entry = pollfd(
            fd: descriptor, events: Int16((reading ? POLLIN : 0) | (writing ? POLLOUT : 0)), revents: 0)
        while true {
            let milliseconds = milliseconds(until: deadline)
            let count = poll(&entry, 1, milliseconds)
            if count > 0 { return true }
            // EINTR, or a deadline that is further away than poll can wait, or a failure, which the next call of libpq finds.
            if count < 0 && errno != EINTR { return true }
            if count == 0 && ContinuousClock.now >= deadline { return false }
        }
    }

    /// POLLRDHUP, which the header declares for _GNU_SOURCE only.
    private static let readHangUp: Int32 = 0x2000

    /// Returns whether the peer has closed its end.
    static func hasHungUp(_ descriptor: Int32) -> Bool {
        let hangUps = Int16(readHangUp | POLLHUP | POLLERR | POLLNVAL)
        var entry = pollfd(fd: descriptor, events: Int16(readHangUp), revents: 0)
        return poll(&entry, 1, 0) > 0 && entry.revents & hangUps != 0
    }

    /// Returns the time left, rounded up, within what poll accepts.
    static func milliseconds(until deadline: ContinuousClock.Instant) -> Int32 {
        let left = deadline - .now
        if left <= .zero { return 0 }
        if left >= .seconds(1_000_000) { return 1_000_000_000 }
        let (seconds, attoseconds) = left.components
        return Int32(seconds * 1_000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
