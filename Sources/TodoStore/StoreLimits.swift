/// How much one user, and one tenant, may keep.
package struct StoreLimits: Sendable, Hashable {
    package var tasks: Int
    package var conversations: Int
    /// Users of the tenant.
    package var users: Int
    /// Size of one user's database.
    package var bytes: Int

    package init(tasks: Int = 10_000, conversations: Int = 1000, users: Int = 10_000, bytes: Int = 64 << 20) {
        self.tasks = tasks
        self.conversations = conversations
        self.users = users
        self.bytes = bytes
    }
}
