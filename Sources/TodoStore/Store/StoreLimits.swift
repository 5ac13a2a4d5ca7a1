/// Limits on what one user and one tenant may store.
package struct StoreLimits: Sendable, Hashable {
    package var tasks: Int
    package var conversations: Int
    /// Messages of all conversations together.
    package var messages: Int
    /// Users of the tenant.
    package var users: Int
    /// Size of one user's database.
    package var bytes: Int
    /// Entries of the journal; older ones are forgotten and cannot be undone any more.
    package var changes: Int
    /// The time for which an entry of the journal, and a conversation without new messages, is kept, in seconds.
    package var retentionSeconds: Int

    package init(
        tasks: Int = 10_000, conversations: Int = 1000, users: Int = 10_000, bytes: Int = 64 << 20,
        messages: Int = 100_000, changes: Int = 20_000, retentionSeconds: Int = 365 * 86_400
    ) {
        self.tasks = tasks
        self.conversations = conversations
        self.messages = messages
        self.users = users
        self.bytes = bytes
        self.changes = changes
        self.retentionSeconds = retentionSeconds
    }
}
