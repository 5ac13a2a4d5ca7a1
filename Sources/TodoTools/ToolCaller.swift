package import TodoStore

/// A caller of tools: the unit whose calls share one change budget and one confirmation.
package enum ToolCaller: Sendable, Hashable {
    /// A turn of a conversation.
    case turn(Int, conversation: Int)

    /// The origin of its changes in the journal.
    package var origin: Change.Origin {
        switch self {
        case .turn(let turn, let conversation):
            Change.Origin(actor: .assistant, turnID: turn, conversationID: conversation)
        }
    }
}

extension UserTransaction {
    /// The journal entries of a caller, oldest first.
    func changeMarks(of caller: ToolCaller) throws -> [Change.Mark] {
        switch caller {
        case .turn(let turn, _): try changeMarks(turn: turn)
        }
    }

    /// Stores the changes that a caller may make only after the user has confirmed them.
    /// - Returns: The id of the confirmation.
    func askConfirmation(of changes: [Change.Effect], by caller: ToolCaller) throws -> Int {
        switch caller {
        case .turn(let turn, _): try askConfirmation(turn: turn, changes)
        }
    }
}
