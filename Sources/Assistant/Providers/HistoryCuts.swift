import ProviderKit
import Synchronization

/// The turns that targets have refused, by conversation, for the life of the process.
final class HistoryCuts: Sendable {
    struct Key: Hashable, Sendable {
        let target: TargetHealthTable.Key
        let caller: TargetHealth.Caller
        let conversation: Int
    }

    private let capacity: Int
    private let cuts = Mutex<[Key: Set<Int>]>([:])

    init(capacity: Int = 1024) { self.capacity = capacity }

    var count: Int { cuts.withLock { $0.count } }

    /// Returns the turns that are left out at once.
    func omitted(_ key: Key) -> Set<Int> { cuts.withLock { $0[key] ?? [] } }

    /// Records the turns without which a request was accepted. A forgotten conversation finds them again.
    func record(_ omitted: Set<Int>, _ key: Key) {
        cuts.withLock { cuts in
            if cuts[key] == nil, cuts.count >= capacity, let any = cuts.keys.first { cuts[any] = nil }
            cuts[key] = omitted.isEmpty ? nil : omitted
        }
    }
}
