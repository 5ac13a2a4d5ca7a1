import ProviderKit

/// How long a turn goes on: until its deadline, while someone waits for it, and while the server has time.
struct TurnDeadlines: Sendable {
    /// On the clock that it was made with.
    let deadline: Duration
    private let clock: ProviderClock
    private let channel: TurnChannel
    private let cutoff: Latch

    /// The limit counts from now.
    init(limit: Duration, clock: ProviderClock, channel: TurnChannel, cutoff: Latch) {
        self.clock = clock
        self.channel = channel
        self.cutoff = cutoff
        deadline = clock.now + limit
    }

    /// Runs `body`, cancelled when the reader leaves, the deadline passes, or the server ends; it has always ended when
    /// this returns.
    /// - Throws: `TurnError.deadline`, `TurnError.interrupted`, or what `body` throws.
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
            // The body may have ended by itself in the same moment: then it counts.
            while let next = await group.nextResult() {
                if case .success(nil) = next { return }
            }
            throw reason
        }
    }
}
