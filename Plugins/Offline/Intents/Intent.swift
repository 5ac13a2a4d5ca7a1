import Foundation
import JSON

/// What one clause asks for.
enum Intent: Sendable, Hashable {
    case add([NewTask])
    /// Something should be added, but what?
    case addNothing
    case list(TaskFilter, ListQuestion)
    case search(String)
    case show(TaskReference)
    case complete(TaskReference, Bool)
    case delete(TaskReference)
    case update(TaskReference, TaskChanges)
    case undo(change: Int?)
    /// What was undone in the turn before is done again.
    case redo
    case yes
    case no
    case say(Talk)
    case unclear(String)
    /// No request, but it sounds like something to do.
    case errand(String)
}

/// What is asked about the tasks that a filter keeps.
enum ListQuestion: Sendable, Hashable {
    case show, count, summary, next
}

/// Talk that needs no tool.
enum Talk: Sendable, Hashable {
    case hello, thanks, goodbye, help, whoAreYou, howAreYou, praise, date, restoring
}

/// What to change in a task.
struct TaskChanges: Sendable, Hashable {
    /// Arguments of `update_task`.
    var arguments = JSONObject()
    var addedTags: [String] = []
    var removedTags: [String] = []
    /// How far to move the due date: it must be read first.
    var delay: Delay?
    /// A day or a time alone: the other one stays what it is.
    var moment: Moment?

    struct Moment: Sendable, Hashable {
        let day: Day?
        let time: ClockTime?
        /// Where the task has no date to keep the rest of.
        let due: DueDate
    }

    struct Delay: Sendable, Hashable {
        let count: Int
        let unit: Calendar.Component
    }
}
