package import JSON

/// One message of a conversation, as every provider knows it under some name.
package enum ChatMessage: Sendable, Hashable {
    case system(String)
    case user(String)
    case assistant(AssistantMessage)
    case tool(ToolResult)
}

/// What the model said: text, calls, or both.
package struct AssistantMessage: Sendable, Hashable {
    /// Empty when the model only called tools.
    package var content: String
    package var toolCalls: [ToolCall]
    /// Fields that the same provider wants back verbatim (reasoning_details, signatures); dropped on a switch.
    package var opaque: JSONValue?

    package init(content: String, toolCalls: [ToolCall] = [], opaque: JSONValue? = nil) {
        self.content = content
        self.toolCalls = toolCalls
        self.opaque = opaque
    }
}

/// The answer to one tool call, in the words of the tool.
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
