package import Time

/// The author of a message.
package enum MessageRole: String, CaseIterable, Sendable {
    case user, assistant
}

/// Whether a message is all that its author meant to say.
package enum MessageStatus: String, CaseIterable, Sendable {
    case complete, incomplete
}

/// A message as clients see it.
package struct StoredMessage: Sendable, Hashable {
    package let id: Int
    package let conversationID: Int
    package let turnID: Int
    package let role: MessageRole
    package let content: String
    /// The tool calls that led to this answer; empty for a user's message.
    package internal(set) var toolCalls: [StoredToolCall]
    package let status: MessageStatus
    package let createdAt: Timestamp
    package let provider: String?
    package let model: String?
    package let usage: TurnUsage?

    package init(
        id: Int, conversationID: Int, turnID: Int, role: MessageRole, content: String, toolCalls: [StoredToolCall] = [],
        status: MessageStatus, createdAt: Timestamp, provider: String? = nil, model: String? = nil,
        usage: TurnUsage? = nil
    ) {
        self.id = id
        self.conversationID = conversationID
        self.turnID = turnID
        self.role = role
        self.content = content
        self.toolCalls = toolCalls
        self.status = status
        self.createdAt = createdAt
        self.provider = provider
        self.model = model
        self.usage = usage
    }
}
