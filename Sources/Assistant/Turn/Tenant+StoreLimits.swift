package import Tenants
package import TodoStore

extension Tenant {
    /// The store's limits for each user of this tenant.
    package var storeLimits: StoreLimits {
        StoreLimits(
            tasks: limits.tasks, conversations: limits.conversations, users: limits.users, bytes: limits.databaseSize,
            messages: limits.messages, retentionSeconds: Int(limits.retention.components.seconds))
    }
}
