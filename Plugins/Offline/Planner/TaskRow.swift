import Foundation
import JSON
import Text

/// A task as a tool shows it: what is absent was not told.
struct TaskRow: Sendable, Hashable {
    let id: Int
    var title: String?
    var isCompleted: Bool?
    var priority: String?
    /// Nil where the tool did not tell the whole task.
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
        due = value["due_at"]?.string.flatMap(Timestamp.date)
        recurrence = value["recurrence"]?.string.map(CombiningMarks.limited)
        completedAt = value["completed_at"]?.string.flatMap(Timestamp.date)
        description = value["description"]?.string.map(CombiningMarks.limited)
    }

    /// The tasks of an array, or of a result that holds one under a usual name.
    static func rows(_ value: JSONValue) -> [TaskRow]? {
        (value.array ?? value["items"]?.array ?? value["tasks"]?.array)?.compactMap(TaskRow.init)
    }
}
