package import JSON
package import Time

/// One message as a client sees it.
package struct StoredMessage: Sendable, Hashable {
    package let id: Int
    package let conversationID: Int
    package let turnID: Int
    package let role: Role
    package let content: String
    /// The calls that led to this answer; empty for a user's message.
    package internal(set) var toolCalls: [ToolCall]
    package let status: Status
    package let createdAt: Timestamp
    package let provider: String?
    package let model: String?
    package let usage: Turn.Usage?

    package init(
        id: Int, conversationID: Int, turnID: Int, role: Role, content: String, toolCalls: [ToolCall] = [],
        status: Status, createdAt: Timestamp, provider: String? = nil, model: String? = nil,
        usage: Turn.Usage? = nil
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

    /// The author of a message.
    package enum Role: String, CaseIterable, Sendable {
        case user, assistant
    }

    /// Whether a message is whole or was cut off.
    package enum Status: String, CaseIterable, Sendable {
        case complete, incomplete
    }

    /// A tool call that was executed, with its result.
    package struct ToolCall: Sendable, Hashable {
        package let id: String
        package let tool: String
        package let arguments: JSONObject
        package let result: JSONValue

        package init(id: String, tool: String, arguments: JSONObject, result: JSONValue) {
            self.id = id
            self.tool = tool
            self.arguments = arguments
            self.result = result
        }
    }
}
