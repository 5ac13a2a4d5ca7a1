import Identity
import Synchronization

/// A value set by an inner middleware for an outer one: contexts are values and are only passed inwards.
final class RequestLabel: Sendable {
    private let box = Mutex<TenantID?>(nil)

    var tenant: TenantID? {
        get { box.withLock { $0 } }
        set { box.withLock { $0 = newValue } }
    }
}
