/// The kind of a change, and its task.
package struct TaskChange: Sendable, Hashable {
    package let kind: ChangeKind
    package let taskID: Int

    package init(kind: ChangeKind, taskID: Int) {
        self.kind = kind
        self.taskID = taskID
    }
}

/// An entry of the journal without its tasks.
package struct ChangeMark: Sendable, Hashable {
    package let id: Int
    package let change: TaskChange
    /// Whether the change was made together with an earlier one: the next occurrence of a completed task, the rest of a
    /// bulk.
    package let isFollowUp: Bool

    package init(
        id: Int, change: TaskChange, isFollowUp: Bool
    ) {
        self.id = id
        self.change = change
        self.isFollowUp = isFollowUp
    }
}
