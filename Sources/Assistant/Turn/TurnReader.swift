/// The reading end of a turn's channel.
///
/// Whoever holds it waits for the turn. When nobody does any more, the reader has left, however that came about: a
/// cancelled request, a write to a closed connection, an answer that was never written.
package final class TurnReader: Sendable {
    private let channel: TurnChannel

    init(_ channel: TurnChannel) { self.channel = channel }

    deinit { channel.leave() }

    /// The next event. Cancelling the task counts as leaving.
    package func next() async -> TurnChannel.Next { await channel.next() }

    /// Wakes a waiting `next()` with `idle`; does nothing when none waits.
    package func wake() { channel.wake() }
}
