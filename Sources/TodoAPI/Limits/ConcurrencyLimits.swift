/// How many requests may be under way at the same time, in all, of one tenant, and of one user.
///
/// A request is under way until its answer was read: whoever asks for much and reads nothing uses up only a share of the
/// places.
package struct PlaceLimits: Sendable, Equatable {
    package struct Share: Sendable, Equatable {
        package var all: Int
        package var tenant: Int
        package var user: Int
    }

    /// Chats wait for a provider, for minutes where they must.
    package var chats: Share
    /// Requests of every other kind, imports included.
    package var others: Share
    /// Imports alone, whose rows are in memory: up to 30 MB for one of 1 MB.
    package var imports = Share(all: 32, tenant: 8, user: 4)

    /// - Parameter places: requests that the server has room for. A quarter is kept from the chats, so that tasks can be
    ///   had while every one of them waits.
    package init(places: Int) {
        let (chats, others) = (places * 3 / 4, places / 4)
        self.chats = Share(all: chats, tenant: max(1, chats * 3 / 4), user: max(1, chats / 16))
        self.others = Share(all: others, tenant: max(1, others / 4), user: max(1, others / 16))
    }
}
