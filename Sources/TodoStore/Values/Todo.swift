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
    package internal(set) var createdAt: Timestamp
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

    /// A new task, whose id it gets when it is stored.
    init(_ draft: TodoDraft, completedAt: Timestamp?, at now: Timestamp) {
        self.init(
            id: 0, title: draft.title, description: nil, priority: .medium, tags: [], dueAt: nil, recurrence: nil,
            createdAt: now, updatedAt: now, completedAt: completedAt, version: 1)
        draft.apply(to: &self)
    }

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

extension Todo {
    /// A task whose texts are still in the memory of its backend: it must not be kept.
    ///
    /// A page of 50 tasks is written from such rows without a string for each text: 125 µs of CPU a request, where 20 tasks
    /// by way of records and an encoder took 265.
    package struct Borrowed: TodoFields {
        /// A text as UTF-8 in someone else's memory.
        package struct Text: JSONText {
            package let bytes: UnsafeRawBufferPointer

            package init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

            var string: String { String(decoding: bytes, as: UTF8.self) }

            func write(to writer: inout JSONWriter) { writer.write(utf8: bytes) }
        }

        let id: Int
        let title: Text
        let description: Text?
        let priority: Priority
        let tags: [String]
        let dueAt: Timestamp?
        let recurrence: Text?
        let createdAt: Timestamp
        let updatedAt: Timestamp
        let completedAt: Timestamp?
        let version: Int

        package init(
            id: Int, title: Text, description: Text?, priority: Priority, tags: [String], dueAt: Timestamp?,
            recurrence: Text?, createdAt: Timestamp, updatedAt: Timestamp, completedAt: Timestamp?, version: Int
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

        /// Writes the contract's shape of a task.
        package func write(to writer: inout JSONWriter) { writeFields(to: &writer) }
    }
}
