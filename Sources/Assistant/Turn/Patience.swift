/// How long a turn goes on: until its deadline, while someone waits for it, and while the server has time.
struct Patience: Sendable {
    private let expiry: @Sendable () async throws -> Void
    private let channel: TurnChannel
    private let cutoff: Latch

    /// The deadline counts from now.
    init(deadline: Duration, clock: any Clock<Duration>, channel: TurnChannel, cutoff: Latch) {
        self.channel = channel
        self.cutoff = cutoff
        expiry = Self.expiry(deadline, clock)
    }

    /// Runs `body`, cancelled when the reader leaves, the deadline passes, or the server ends; it has always ended when
    /// this returns.
    /// - Throws: `TurnError.deadline`, `TurnError.interrupted`, or what `body` throws.
    func spend(_ body: @escaping @Sendable () async throws -> Void) async throws {
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
            group.addTask { [expiry] in
                try await expiry()
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

    private static func expiry<C: Clock<Duration>>(
        _ deadline: Duration, _ clock: C
    ) -> @Sendable () async throws -> Void {
        let end = clock.now.advanced(by: deadline)
        return { try await clock.sleep(until: end, tolerance: nil) }
    }
}
