/// The `limits` section.
package struct TenantLimits: Sendable, Hashable {
    package var chatsPerMinute: Int
    package var concurrentChats: Int
    /// Requests per user and minute, without chats.
    package var requestsPerMinute: Int
    package var users: Int
    /// Per user, like the following ones.
    package var tasks: Int
    package var conversations: Int
    /// Messages of all conversations of a user.
    package var messages: Int
    /// Bytes of a user's database.
    package var databaseSize: Int
    /// The time for which conversations and changes are kept.
    package var retention: Duration

    package init(
        chatsPerMinute: Int = 10, concurrentChats: Int = 4, requestsPerMinute: Int = 600, users: Int = 10_000,
        tasks: Int = 10_000,
        conversations: Int = 1_000, messages: Int = 100_000, databaseSize: Int = 64 << 20,
        retention: Duration = .seconds(365 * 86_400)
    ) {
        self.chatsPerMinute = chatsPerMinute
        self.concurrentChats = concurrentChats
        self.requestsPerMinute = requestsPerMinute
        self.users = users
        self.tasks = tasks
        self.conversations = conversations
        self.messages = messages
        self.databaseSize = databaseSize
        self.retention = retention
    }
}
