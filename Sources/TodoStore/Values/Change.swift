package import JSON
package import Time

/// An entry of a user's journal: the task before and after.
package struct Change: Sendable, Hashable {
    package let id: Int
    package let at: Timestamp
    package let origin: Origin
    package let kind: Kind
    package let taskID: Int
    /// The task before; nil if it was created.
    package let before: JSONValue?
    /// The task after; nil if it was deleted.
    package let after: JSONValue?
    /// The first of the changes that were made together; nil for the first itself.
    let leader: Int?
    /// The change that this one undoes.
    let undoes: Int?
    /// Whether this undoes a change that is not an undo itself: `undo` without a target passes over it.
    let isUndo: Bool
    /// The change that undid this one.
    package internal(set) var undoneBy: Int?

    /// The id of the group of changes that were made together, and are undone together.
    var group: Int { leader ?? id }

    package var actor: Actor { origin.actor }
    package var turnID: Int? { origin.turnID }
    package var conversationID: Int? { origin.conversationID }

    /// The author of a change.
    package enum Actor: String, CaseIterable, Sendable {
        case user, assistant
        case `import`
    }

    /// The effect of a change on its task.
    package enum Kind: String, CaseIterable, Sendable {
        case created, updated, completed, reopened, deleted
    }

    /// The author of a change, with the turn and the conversation of the assistant that made it.
    package struct Origin: Sendable, Hashable {
        package let actor: Actor
        package let turnID: Int?
        package let conversationID: Int?

        package init(actor: Actor, turnID: Int? = nil, conversationID: Int? = nil) {
            self.actor = actor
            self.turnID = turnID
            self.conversationID = conversationID
        }

        /// The user, through the API.
        package static let user = Origin(actor: .user)
    }

    /// A kind of change to one task.
    package struct Effect: Sendable, Hashable {
        package let kind: Kind
        package let taskID: Int

        package init(kind: Kind, taskID: Int) {
            self.kind = kind
            self.taskID = taskID
        }
    }

    /// An entry of the journal without its tasks.
    package struct Mark: Sendable, Hashable {
        package let id: Int
        package let change: Effect
        /// Made together with an earlier one: the next occurrence of a task that was completed, the rest of a bulk.
        package let isFollowUp: Bool

        package init(
            id: Int, change: Effect, isFollowUp: Bool
        ) {
            self.id = id
            self.change = change
            self.isFollowUp = isFollowUp
        }
    }
}
