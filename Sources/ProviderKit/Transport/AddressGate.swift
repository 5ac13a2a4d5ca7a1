import EventLoops
import NIOPosix
import Synchronization

/// A check of the hosts of targets that may not be private. It runs before connecting, because a later refusal would
/// reveal by its time and message which ports of this network are open.
///
/// A host is refused when any of its addresses is private. Lookups block, so they run on their own threads, one per
/// host at a time. Results are cached for a while, in which a name may change; therefore the connected address is
/// checked again.
final class AddressGate: Sendable {
    enum Verdict: Sendable, Hashable {
        case isPublic, isPrivate
        case hasNoAddress

        /// The lifetime of a cached result: a lookup for each request would take a round trip to a name server.
        fileprivate var validity: Duration {
            switch self {
            case .isPublic: .seconds(30)
            case .isPrivate: .seconds(5)
            case .hasNoAddress: .seconds(1)
            }
        }
    }

    private struct State: ~Copyable {
        var verdicts: [String: (verdict: Verdict, until: Duration)] = [:]
        /// The tasks that wait for the lookup of a host.
        var waiters: [String: [Int: CheckedContinuation<Verdict, any Error>]] = [:]
        var nextID = 0
    }

    /// The maximum number of cached hosts, which is at most the number named in tenant files.
    private static let capacity = 10_000
    private static let lookUpTimeout = Duration.seconds(5)

    private let clock: MonotonicClock
    private let lookUp: @Sendable (String) -> Verdict
    private let state = Mutex(State())

    /// Creates a gate.
    ///
    /// - Parameter lookUp: Returns the verdict on a host; may block.
    init(clock: MonotonicClock, lookUp: @escaping @Sendable (String) -> Verdict = HostAddresses.verdict) {
        self.clock = clock
        self.lookUp = lookUp
    }

    /// Checks a host.
    ///
    /// - Throws: `ProviderError` for a host that is not allowed or has no address.
    func admit(_ host: String) async throws {
        let now = clock.now
        let known = state.withLock { state in
            state.verdicts[host].flatMap { $0.until > now ? $0.verdict : nil }
        }
        let verdict = if let known { known } else { try await find(host) }
        switch verdict {
        case .isPublic: return
        case .isPrivate: throw ProviderError(transport: PrivateAddressError())
        case .hasNoAddress: throw ProviderError.noAddress
        }
    }

    private func find(_ host: String) async throws -> Verdict {
        try await withThrowingTaskGroup(of: Verdict.self) { group in
            group.addTask { try await self.wait(for: host) }
            group.addTask {
                try await self.clock.sleep(for: Self.lookUpTimeout)
                throw ProviderError.noConnectionInTime
            }
            defer { group.cancelAll() }
            guard let verdict = try await group.next() else { throw CancellationError() }
            return verdict
        }
    }

    private func wait(for host: String) async throws -> Verdict {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isFirst = state.withLock { state in
                    defer { state.waiters[host, default: [:]][id] = continuation }
                    return state.waiters[host] == nil
                }
                if isFirst { begin(host) }
                // A cancellation before the registration found no waiter to resume.
                if Task.isCancelled { cancel(host, id) }
            }
        } onCancel: {
            cancel(host, id)
        }
    }

    private func begin(_ host: String) {
        NIOThreadPool.singleton.submit { [self] work in
            let verdict = work == .active ? lookUp(host) : .hasNoAddress
            let until = clock.now + verdict.validity
            let waiters = state.withLock { state in
                if state.verdicts.count >= Self.capacity { state.verdicts = [:] }
                state.verdicts[host] = (verdict, until)
                return state.waiters.removeValue(forKey: host) ?? [:]
            }
            for waiter in waiters.values { waiter.resume(returning: verdict) }
        }
    }

    private func cancel(_ host: String, _ id: Int) {
        state.withLock { $0.waiters[host]?.removeValue(forKey: id) }?.resume(throwing: CancellationError())
    }
}
