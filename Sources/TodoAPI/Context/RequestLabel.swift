import Identity
import Synchronization

/// What an inner middleware has found out that an outer one wants to log: contexts are values and travel inwards only.
final class RequestLabel: Sendable {
    private let box = Mutex<TenantID?>(nil)

    var tenant: TenantID? {
        get { box.withLock { $0 } }
        set { box.withLock { $0 = newValue } }
    }
}
