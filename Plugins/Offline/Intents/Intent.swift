import Foundation
import JSON
import Time

/// The request of one clause.
enum Intent: Sendable, Hashable {
    case add([NewTask])
    /// Add a task without a title.
    case addNothing
    case list(TaskFilter, ListQuestion)
    case search(String)
    case show(TaskReference)
    case complete(TaskReference, Bool)
    case delete(TaskReference)
    case update(TaskReference, TaskChanges)
    case undo(change: Int?)
    /// Undo so many changes, the newest first.
    case undoLast(Int)
    /// Bring a deleted task back.
    case restore(TaskReference)
    /// Reverse the undo of the previous turn.
    case redo
    case yes
    case no
    case say(Talk)
    case unclear(String)
    /// Not a request, but it sounds like something to do.
    case errand(String)
}

/// A question about the tasks that match a filter.
enum ListQuestion: Sendable, Hashable {
    case show, count, summary, next
}

/// Conversation that needs no tool.
enum Talk: Sendable, Hashable {
    case hello, thanks, goodbye, help, whoAreYou, howAreYou, praise, date, restoring
}

/// The changes to a task.
struct TaskChanges: Sendable, Hashable {
    /// The arguments of `update_task`.
    var arguments = JSONObject()
    var addedTags: [String] = []
    var removedTags: [String] = []
    /// The duration to move the due date by, which must be read first.
    var delay: Delay?
    /// A day or a time alone; the other one stays unchanged.
    var moment: Moment?

    struct Moment: Sendable, Hashable {
        let day: CivilDate?
        let time: ClockTime?
        /// The date to use when the task has none.
        let due: DueDate
    }

    struct Delay: Sendable, Hashable {
        let count: Int
        let unit: Calendar.Component
    }
}
