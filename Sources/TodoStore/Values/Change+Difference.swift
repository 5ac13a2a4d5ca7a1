package import JSON

extension Change {
    /// Why a change cannot be taken back: a member of its task is not what the change made of it.
    package struct Difference: Sendable, Hashable {
        package let taskID: Int
        /// A member of the task, or `task` where one of the two is not there at all.
        package let field: String
        /// What the change left behind.
        package let expected: JSONValue
        package let current: JSONValue

        package init(taskID: Int, field: String, expected: JSONValue, current: JSONValue) {
            self.taskID = taskID
            self.field = field
            self.expected = expected
            self.current = current
        }

        /// What has happened to a task since a change; versions and times of change do not count.
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

        /// Members that no one decides on.
        private static let bookkeeping: Set = ["id", "created_at", "updated_at", "completed_at", "version"]
    }
}
