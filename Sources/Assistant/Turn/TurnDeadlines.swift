import EventLoops
import ProviderKit

/// The limits on the duration of a turn: its deadline, the presence of a reader, and the shutdown of the server.
struct TurnDeadlines: Sendable {
    /// The deadline on the given clock.
    let deadline: Duration
    private let clock: MonotonicClock
    private let channel: TurnChannel
    private let cutoff: Latch

    /// Creates the limits; the deadline counts from now.
    init(limit: Duration, clock: MonotonicClock, channel: TurnChannel, cutoff: Latch) {
        self.clock = clock
        self.channel = channel
        self.cutoff = cutoff
        deadline = clock.now + limit
    }

    /// Runs `body`, and cancels it when the reader leaves, the deadline passes, or the server shuts down. Returns after
    /// `body` has ended.
    ///
    /// - Throws: `TurnError.deadline`, `TurnError.interrupted`, or the error of `body`.
    func enforce(_ body: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: TurnError?.self) { group in
            group.addTask {
                try await body()
                return nil
            }
            group.addTask { [channel] in
                await channel.readerLeft()
                return .interrupted
            }
            group.addTask { [cutoff] in
                await cutoff.wait()
                return .interrupted
            }
            group.addTask { [clock, deadline] in
                try await clock.sleep(for: deadline - clock.now)
                return .deadline
            }
            defer { group.cancelAll() }
            guard let reason = try await group.next() ?? nil else { return }
            group.cancelAll()
            // If the body has ended at the same moment, its result is used.
            while let next = await group.nextResult() {
                if case .success(nil) = next { return }
            }
            throw reason
        }
    }
}
