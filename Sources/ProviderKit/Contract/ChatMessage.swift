package import JSON

/// A message of a conversation, in terms common to all providers.
package enum ChatMessage: Sendable, Hashable {
    case system(String)
    case user(String)
    case assistant(AssistantMessage)
    case tool(ToolResult)
}

/// A message of the model: text, calls or both.
package struct AssistantMessage: Sendable, Hashable {
    /// The text; empty when the model only called tools.
    package var content: String
    package var toolCalls: [ToolCall]
    /// Fields to be sent back to the same provider unchanged (reasoning_details, signatures); dropped for other
    /// providers.
    package var opaque: JSONValue?

    package init(content: String, toolCalls: [ToolCall] = [], opaque: JSONValue? = nil) {
        self.content = content
        self.toolCalls = toolCalls
        self.opaque = opaque
    }
}

/// The result of one tool call, as returned by the tool.
package struct ToolResult: Sendable, Hashable {
    package var callID: String
    package var tool: String
    /// JSON text.
    package var content: String

    package init(callID: String, tool: String, content: String) {
        self.callID = callID
        self.tool = tool
        self.content = content
    }
}
