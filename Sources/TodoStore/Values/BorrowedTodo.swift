package import JSON
package import Time

/// A task whose texts are in the memory of its backend and must not be kept.
///
/// A page of 50 tasks is written from such rows without a string for each text.
package struct BorrowedTodo: TodoFields {
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
