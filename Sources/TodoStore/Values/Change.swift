package import JSON
package import Time

/// An entry of a user's journal: the task before and after.
package struct Change: Sendable, Hashable {
    package let id: Int
    package let at: Timestamp
    package let origin: ChangeOrigin
    package let kind: ChangeKind
    package let taskID: Int
    /// The task before; nil if it was created.
    package let before: JSONValue?
    /// The task after; nil if it was deleted.
    package let after: JSONValue?
    /// The first change of those that were made together; nil for the first itself.
    let leader: Int?
    /// The change that this one takes back.
    let undoes: Int?
    /// Whether the change is an undo, which `undo` without a target skips.
    let isUndo: Bool
    /// The change that took this one back.
    package internal(set) var undoneBy: Int?

    /// Names those that were made together, and are taken back together.
    var group: Int { leader ?? id }

    package var actor: ChangeActor { origin.actor }
    package var turnID: Int? { origin.turnID }
    package var conversationID: Int? { origin.conversationID }
}
