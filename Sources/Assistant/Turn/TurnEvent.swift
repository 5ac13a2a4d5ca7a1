package import JSON
package import ProviderKit
package import TodoStore

/// An event of a turn for its reader, in this order: `started`, any of the middle ones, one of the last two.
package enum TurnEvent: Sendable {
    /// The user's message is stored.
    case started(TurnID)
    /// A target has begun to answer.
    case alive
    /// More text of the answer.
    case text(String)
    case toolCall(id: String, tool: String, arguments: JSONObject)
    case toolResult(id: String, tool: String, result: JSONValue)
    /// Discards the text of the current message, which the next target sends again.
    case restart(reason: String)
    case finished(TurnOutcome)
    case failed(TurnError)
}

/// The ids of a turn in its user's database.
package struct TurnID: Sendable, Hashable {
    package let conversation: Int
    package let turn: Int
}

/// The complete answer of a turn.
package struct TurnOutcome: Sendable, Hashable {
    package let id: TurnID
    package let response: String
    package let toolCalls: [StoredMessage.ToolCall]
    /// The target that gave the answer.
    package let provider: String
    package let model: String
    /// The sum over the turn's provider calls; nil when none was reported.
    package let usage: TokenUsage?
}
