/// Limits on the number of concurrent requests: of the whole server, of one tenant, and of one user.
///
/// A request counts until its response was read, so that a client that requests much and reads nothing uses up only its
/// own share.
package struct ConcurrencyLimits: Sendable, Equatable {
    /// The maximum numbers of concurrent requests of one pool.
    package struct Share: Sendable, Equatable {
        package var all: Int
        package var tenant: Int
        package var user: Int
    }

    /// Chats wait for a provider, for minutes if necessary.
    package var chats: Share
    /// Requests of every other kind, imports included.
    package var others: Share
    /// Imports alone, whose rows are in memory: up to 30 MB for one of 1 MB.
    package var imports = Share(all: 32, tenant: 8, user: 4)

    /// - Parameter requests: the requests that the server can serve at once. A quarter is reserved for requests other than
    ///   chats, so that tasks stay available while all chats wait.
    package init(requests: Int) {
        let (chats, others) = (requests * 3 / 4, requests / 4)
        self.chats = Share(all: chats, tenant: max(1, chats * 3 / 4), user: max(1, chats / 16))
        self.others = Share(all: others, tenant: max(1, others / 4), user: max(1, others / 16))
    }
}
