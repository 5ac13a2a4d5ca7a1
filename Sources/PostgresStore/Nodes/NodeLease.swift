import Postgres
import Synchronization
import Time

/// The lease of this node on the turns that it runs, by the clock of the database.
///
/// Each beat prolongs it. When one is not acknowledged for as long as the lease lasts, other nodes may end this one's turns, so
/// this one neither writes nor reads until the next beat: a primary that was replaced could still answer it, but cannot
/// acknowledge a write.
final class NodeLease: Sendable {
    let id: UUIDBytes
    private let name: String
    private let version: String
    private let duration: Duration
    private let clock: StoreClock
    private let heldUntil = Mutex<ContinuousClock.Instant?>(nil)
    private let slot: Mutex<StoreSlot>

    init(_ configuration: PostgresConfiguration, name: String, version: String, duration: Duration, clock: StoreClock) {
        id = .random()
        self.name = name
        self.version = version
        self.duration = duration
        self.clock = clock
        slot = Mutex(StoreSlot(configuration))
    }

    var isHeld: Bool { heldUntil.withLock { $0 }.map { ContinuousClock.now < $0 } ?? false }

    /// Takes the lease if this node does not hold it. Blocks.
    func require() throws {
        if isHeld { return }
        try slot.withLock { slot in
            // Another thread may have beaten meanwhile.
            if !isHeld { try beat(on: slot) }
        }
    }

    /// Prolongs the lease. Blocks.
    func beat() throws { try slot.withLock { try beat(on: $0) } }

    private func beat(on slot: StoreSlot) throws {
        // A connection may have been lost since the last beat.
        for isLast in [false, true] {
            do {
                let (connection, _) = try slot.connection()
                var arguments = Arguments()
                arguments.append(id)
                arguments.append(name)
                arguments.append(version)
                arguments.append(Int(duration / .milliseconds(1)))
                let sent = ContinuousClock.now
                try connection.send(.beat, arguments)
                guard let row = try connection.finish(by: sent + Self.answerTime).last?.first else {
                    throw PostgresError.unexpectedValue("a beat has no answer")
                }
                clock.observe(try row.time(0))
                heldUntil.withLock { $0 = sent + duration }
                return
            } catch let error as PostgresError where !isLast && error.isOfConnection {}
        }
    }

    /// Lets the lease end here, as when no beat was acknowledged for long.
    func lapse() { heldUntil.withLock { $0 = nil } }

    /// Gives the lease up: other nodes may end what is left of this one's turns at once. Blocks.
    func end() {
        lapse()
        slot.withLock { slot in
            defer { slot.close() }
            var arguments = Arguments()
            arguments.append(id)
            guard let (connection, _) = try? slot.connection() else { return }
            try? connection.send(.endNode, arguments)
            _ = try? connection.finish(by: .now + Self.answerTime)
        }
    }

    private static let answerTime = Duration.seconds(3)
}

extension Statement {
    fileprivate static let beat = Statement(
        "beat",
        """
        INSERT INTO node (id, name, version, started_at, expires_at, status)
        VALUES ($1, $2, $3, clock_timestamp(), clock_timestamp() + $4::bigint * interval '1 millisecond', 'ready')
        ON CONFLICT (id) DO UPDATE SET expires_at = excluded.expires_at
        RETURNING (extract(epoch FROM clock_timestamp()) * 1000)::bigint
        """)
    fileprivate static let endNode = Statement("end_node", "DELETE FROM node WHERE id = $1")
}

extension UUIDBytes {
    static func random() -> UUIDBytes { UUIDBytes(high: .random(in: .min ... .max), low: .random(in: .min ... .max)) }
}
