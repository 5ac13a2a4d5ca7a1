package import JSON

/// One entry of a user's journal: the task before and after, in the contract's shape.
package struct Change: Sendable, Hashable {
    package let id: Int
    package let at: Timestamp
    package let origin: ChangeOrigin
    package let kind: ChangeKind
    package let taskID: Int
    /// Nil for a task that was created.
    package let before: JSONValue?
    /// Nil for a task that was deleted.
    package let after: JSONValue?
    /// The change that took this one back.
    package let undoneBy: Int?

    package var actor: ChangeActor { origin.actor }
    package var turnID: Int? { origin.turnID }
    package var conversationID: Int? { origin.conversationID }
}
