package import Tenants
package import TodoStore

extension Tenant {
    /// What the store is to hold each of this tenant's users to.
    package var storeLimits: StoreLimits {
        StoreLimits(
            tasks: limits.tasks, conversations: limits.conversations, users: limits.users, bytes: limits.databaseSize,
            messages: limits.messages, retentionSeconds: Int(limits.retention.components.seconds))
    }
}
