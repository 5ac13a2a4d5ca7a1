import EventLoops
import Identity
import ProviderKit
import Synchronization
import Tenants

/// The health of all recently used targets, for the life of the process.
///
/// Entries are per tenant: two tenants with the same provider have different keys and limits.
final class TargetHealthTable: Sendable {
    struct Key: Hashable, Sendable {
        let tenant: TenantID
        let provider: String
        let model: String?
        let baseURL: String?

        init(tenant: TenantID, target: ProviderTarget) {
            self.tenant = tenant
            provider = target.providerID
            model = target.settings.model
            baseURL = target.settings.baseURL
        }
    }

    private let clock: MonotonicClock
    private let capacity: Int
    private let entries = Mutex<[Key: TargetHealth]>([:])

    init(clock: MonotonicClock, capacity: Int = 4096) {
        self.clock = clock
        self.capacity = capacity
    }

    var count: Int { entries.withLock { $0.count } }

    /// Reads and changes one target's health at the current time.
    @discardableResult
    func update<Result, E: Error>(
        _ key: Key, _ body: (inout TargetHealth, _ now: Duration) throws(E) -> Result
    ) throws(E) -> Result {
        let now = clock.now
        return try entries.withLock { entries throws(E) in
            if entries[key] == nil, entries.count >= capacity { Self.makeRoom(in: &entries, at: now) }
            return try body(&entries[key, default: TargetHealth(at: now)], now)
        }
    }

    /// Returns the targets that are currently skipped, sorted by tenant, provider and model.
    func unavailable(limit: Int) -> [UnavailableTarget] {
        let now = clock.now
        let found = entries.withLock { entries in
            entries.compactMap { key, health in
                health.rest(at: now).map {
                    UnavailableTarget(tenant: key.tenant, provider: key.provider, model: key.model, rest: $0)
                }
            }
        }
        return Array(found.sorted { $0.sortKey.lexicographicallyPrecedes($1.sortKey) }.prefix(limit))
    }

    /// Removes targets without failures or, if there are none, any target.
    private static func makeRoom(in entries: inout [Key: TargetHealth], at now: Duration) {
        let count = entries.count
        entries = entries.filter { !$0.value.isAtRest(at: now) }
        if entries.count == count, let any = entries.keys.first { entries[any] = nil }
    }
}
