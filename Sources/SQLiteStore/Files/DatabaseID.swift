import Identity
import TodoStore

/// A database of the store: a user's own, or the index of a tenant's users.
enum DatabaseID: Hashable, Sendable {
    case user(Account)
    case tenant(TenantID)

    var tenant: TenantID {
        switch self {
        case .user(let account): account.tenant
        case .tenant(let tenant): tenant
        }
    }
}
