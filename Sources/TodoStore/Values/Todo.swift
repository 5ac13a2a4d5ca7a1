package import JSON
import NIOCore
package import Time
/// One task of a user, as it is stored.
package struct Todo: Sendable, Hashable {
    package private(set) var id: Int
    package internal(set) var title: String
    package internal(set) var description: String?
    package internal(set) var priority: Priority
    package internal(set) var tags: [String]
    package internal(set) var dueAt: Timestamp?
    /// An RRULE (RFC 5545).
    package internal(set) var recurrence: String?
    package let createdAt: Timestamp
    package internal(set) var updatedAt: Timestamp
    package internal(set) var completedAt: Timestamp?
    /// The version, which increases with every change and is the `ETag`.
    package internal(set) var version: Int

    package init(
        id: Int, title: String, description: String?, priority: Priority, tags: [String], dueAt: Timestamp?,
        recurrence: String?, createdAt: Timestamp, updatedAt: Timestamp, completedAt: Timestamp?, version: Int
    ) {
        self.id = id
        self.title = title
        self.description = description
        self.priority = priority
        self.tags = tags
        self.dueAt = dueAt
        self.recurrence = recurrence
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.completedAt = completedAt
        self.version = version
    }

    package var completed: Bool { completedAt != nil }

    func with(id: Int) -> Todo {
        var todo = self
        todo.id = id
        return todo
    }

    /// The version after the next change.
    /// - Throws: `StoreError.corrupt` for a version that no number of changes can have led to.
    var nextVersion: Int {
        get throws(StoreError) {
            guard ItemID.range.contains(version) else { throw .corrupt }
            return version + 1
        }
    }
}
