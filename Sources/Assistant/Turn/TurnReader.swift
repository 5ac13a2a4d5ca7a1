/// The reading end of a turn's channel.
///
/// The reader has left when the last reference to this object is released: after a cancelled request, a write to a
/// closed connection, or an answer that was never written.
package final class TurnReader: Sendable {
    private let channel: TurnChannel

    init(_ channel: TurnChannel) { self.channel = channel }

    deinit { channel.leave() }

    /// Returns the next event. Cancelling the task counts as leaving.
    package func next() async -> TurnChannel.Next { await channel.next() }

    /// Wakes a waiting `next()` with `idle`; has no effect when none waits.
    package func wake() { channel.wake() }
}
