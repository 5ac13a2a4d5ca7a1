package import JSON

/// A reason why a change cannot be undone: a member of its task has changed since.
package struct ChangeDifference: Sendable, Hashable {
    package let taskID: Int
    /// A member of the task, or `task` where one of the two is not there at all.
    package let field: String
    /// The value after the change.
    package let expected: JSONValue
    package let current: JSONValue

    /// Returns the members of a task that differ since a change, except versions and times.
    static func between(_ change: Change, _ current: Todo?) -> [ChangeDifference] {
        func difference(_ field: String, _ expected: JSONValue, _ current: JSONValue) -> ChangeDifference {
            ChangeDifference(taskID: change.taskID, field: field, expected: expected, current: current)
        }
        switch (change.after, current?.json) {
        case (nil, nil): return []
        case (nil, let current?): return [difference("task", .null, current["title"] ?? .null)]
        case (let expected?, nil): return [difference("task", expected["title"] ?? .null, .null)]
        case (let expected?, let current?):
            return fields.compactMap { field in
                let (left, right) = (expected[field] ?? .null, current[field] ?? .null)
                return left == right ? nil : difference(field, left, right)
            }
        }
    }

    private static let fields = ["title", "description", "completed", "priority", "tags", "due_at", "recurrence"]
}
