/// How long a turn goes on: until its deadline, and as long as someone waits for it.
struct Patience: Sendable {
    private let clock: any Clock<Duration>
    private let expiry: @Sendable () async throws -> Void
    private let channel: TurnChannel

    /// The deadline counts from now.
    init(deadline: Duration, clock: any Clock<Duration>, channel: TurnChannel) {
        self.clock = clock
        self.channel = channel
        expiry = Self.expiry(deadline, clock)
    }

    /// Runs `body`, cancelled when the reader leaves or the deadline passes. It has always ended when this returns.
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
