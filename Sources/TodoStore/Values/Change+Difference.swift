package import JSON

extension Change {
    /// A member of a task that was changed since, so that a change to it cannot be undone.
    package struct Difference: Sendable, Hashable {
        package let taskID: Int
        /// The name of the member, or `task` if the task itself came or went.
        package let field: String
        /// The value that the change had set.
        package let expected: JSONValue
        package let current: JSONValue

        package init(taskID: Int, field: String, expected: JSONValue, current: JSONValue) {
            self.taskID = taskID
            self.field = field
            self.expected = expected
            self.current = current
        }

        /// The members of a task that differ from what a change had made of it; versions and times do not count.
        static func between(_ change: Change, _ current: Todo?) -> [Change.Difference] {
            func difference(_ field: String, _ expected: JSONValue, _ current: JSONValue) -> Change.Difference {
                Change.Difference(taskID: change.taskID, field: field, expected: expected, current: current)
            }
            switch (change.after, current?.json) {
            case (nil, nil): return []
            case (nil, let current?): return [difference("task", .null, current["title"] ?? .null)]
            case (let expected?, nil): return [difference("task", expected["title"] ?? .null, .null)]
            case (let expected?, let current?):
                return (current.object?.names ?? []).filter { !bookkeeping.contains($0) }.compactMap { field in
                    let (left, right) = (expected[field] ?? .null, current[field] ?? .null)
                    return left == right ? nil : difference(field, left, right)
                }
            }
        }

        /// Members that no user sets.
        private static let bookkeeping: Set = ["id", "created_at", "updated_at", "completed_at", "version"]
    }
}
