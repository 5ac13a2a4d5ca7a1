/// How much one user, and one tenant, may keep.
package struct StoreLimits: Sendable, Hashable {
    package var tasks: Int
    package var conversations: Int
    /// Users of the tenant.
    package var users: Int
    /// Size of one user's database.
    package var bytes: Int
    /// Entries of the journal; older ones are forgotten and cannot be undone any more.
    package var changes: Int
    /// How long an entry of the journal is kept.
    package var retentionSeconds: Int

    package init(
        tasks: Int = 10_000, conversations: Int = 1000, users: Int = 10_000, bytes: Int = 64 << 20,
        changes: Int = 20_000, retentionSeconds: Int = 365 * 86_400
    ) {
        self.tasks = tasks
        self.conversations = conversations
        self.users = users
        self.bytes = bytes
        self.changes = changes
        self.retentionSeconds = retentionSeconds
    }
}
