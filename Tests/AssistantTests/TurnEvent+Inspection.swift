import Assistant
import JSON
import ProviderKit
import Tenants
import Testing
import TodoStore

extension TurnEvent {
    /// The kind of event, with consecutive texts counted as one.
    var name: String {
        switch self {
        case .started: "started"
        case .alive: "alive"
        case .text: "text"
        case .toolCall: "toolCall"
        case .toolResult: "toolResult"
        case .restart: "restart"
        case .finished: "finished"
        case .failed: "failed"
        }
    }
}

extension ChatMessage {
    var kind: String {
        switch self {
        case .system: "system"
        case .user: "user"
        case .assistant(let message):
            message.toolCalls.isEmpty ? "assistant" : "assistant+\(message.toolCalls.count)"
        case .tool: "tool"
        }
    }
}
