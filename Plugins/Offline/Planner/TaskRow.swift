import Foundation
import JSON
import Text
import Time

/// A task as returned by a tool; unknown members are nil.
struct TaskRow: Sendable, Hashable {
    let id: Int
    var title: String?
    var isCompleted: Bool?
    var priority: String?
    /// The tags; nil when the tool did not return the complete task.
    var tags: [String]?
    var due: Date?
    var recurrence: String?
    var completedAt: Date?
    var description: String?

    init(id: Int) { self.id = id }

    init?(_ value: JSONValue) {
        guard let id = value["id"]?.integer ?? value["task_id"]?.integer else { return nil }
        self.id = id
        title = value["title"]?.string.map(CombiningMarks.limited)
        isCompleted = value["completed"]?.bool
        priority = value["priority"]?.string
        tags = value["tags"]?.array?.compactMap { $0.string.map(CombiningMarks.limited) }
        due = value["due_at"]?.string.flatMap { Timestamp(rfc3339: $0)?.date }
        recurrence = value["recurrence"]?.string.map(CombiningMarks.limited)
        completedAt = value["completed_at"]?.string.flatMap { Timestamp(rfc3339: $0)?.date }
        description = value["description"]?.string.map(CombiningMarks.limited)
    }

    /// Reads the tasks of an array, or of a result that contains one under a common name.
    static func rows(_ value: JSONValue) -> [TaskRow]? {
        (value.array ?? value["items"]?.array ?? value["tasks"]?.array)?.compactMap(TaskRow.init)
    }
}
