import Identity
import Synchronization

/// Counts the requests that are under way, and refuses those of who has his share already.
package final class RequestPlaces: Sendable {
    /// The kind of places that a request takes one of.
    enum Lane: Hashable, Sendable {
        case chats, others, imports
    }

    /// The owner of the share that is used up.
    enum Refusal: Error, Hashable {
        case user, tenant, all
    }

    private struct Counts {
        var all: [Lane: Int] = [:]
        var tenants: [Key<TenantID>: Int] = [:]
        var users: [Key<Account>: Int] = [:]
    }

    private struct Key<Owner: Hashable & Sendable>: Hashable {
        let owner: Owner
        let lane: Lane
    }

    private let limits: PlaceLimits
    private let counts = Mutex(Counts())

    package init(limits: PlaceLimits) { self.limits = limits }

    /// Gives a request a place, which it has for as long as somebody holds on to what is returned.
    /// - Parameter chats: those that the tenant's file allows a user at once: an operator may raise the share.
    func enter(_ account: Account, _ lane: Lane, chats: Int) throws(Refusal) -> RequestPlace {
        var share = share(of: lane)
        if lane == .chats { share.user = max(share.user, chats) }
        let (tenant, user) = (Key(owner: account.tenant, lane: lane), Key(owner: account, lane: lane))
        try counts.withLock { counts throws(Refusal) in
            guard counts.users[user, default: 0] < share.user else { throw .user }
            guard counts.tenants[tenant, default: 0] < share.tenant else { throw .tenant }
            guard counts.all[lane, default: 0] < share.all else { throw .all }
            counts.users[user, default: 0] += 1
            counts.tenants[tenant, default: 0] += 1
            counts.all[lane, default: 0] += 1
        }
        return RequestPlace(account: account, lane: lane, places: self)
    }

    /// Requests under way, of all tenants.
    var taken: Int { counts.withLock { $0.all.values.reduce(0, +) } }

    fileprivate func leave(_ account: Account, _ lane: Lane) {
        let (tenant, user) = (Key(owner: account.tenant, lane: lane), Key(owner: account, lane: lane))
        counts.withLock { counts in
            // What counts nothing is forgotten.
            counts.users[user] = counts.users[user].flatMap { $0 > 1 ? $0 - 1 : nil }
            counts.tenants[tenant] = counts.tenants[tenant].flatMap { $0 > 1 ? $0 - 1 : nil }
            counts.all[lane] = counts.all[lane].flatMap { $0 > 1 ? $0 - 1 : nil }
        }
    }

    private func share(of lane: Lane) -> PlaceLimits.Share {
        switch lane {
        case .chats: limits.chats
        case .others: limits.others
        case .imports: limits.imports
        }
    }
}

/// The place of one request: it is given back when nobody holds on to it, whatever way the request ends.
final class RequestPlace: Sendable {
    private let account: Account
    private let lane: RequestPlaces.Lane
    private let places: RequestPlaces

    fileprivate init(account: Account, lane: RequestPlaces.Lane, places: RequestPlaces) {
        self.account = account
        self.lane = lane
        self.places = places
    }

    deinit { places.leave(account, lane) }
}
