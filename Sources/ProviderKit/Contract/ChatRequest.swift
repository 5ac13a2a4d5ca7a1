package import Foundation

/// A conversation and the tools that the model may use.
package struct ChatRequest: Sendable {
    package var messages: [ChatMessage]
    package var tools: [ToolDefinition]
    /// The time of the request, for adapters that resolve "tomorrow" themselves.
    package var now: Date
    /// The time zone of the user.
    package var timeZone: TimeZone
    /// The maximum number of tokens of the answer, including hidden reasoning; nil leaves it to the provider.
    package var maxOutputTokens: Int?
    /// Whether an earlier adapter of the chain failed, so that a less capable one should say so in its answer.
    package var isFallback: Bool

    package init(
        messages: [ChatMessage], tools: [ToolDefinition] = [], now: Date, timeZone: TimeZone,
        maxOutputTokens: Int? = nil, isFallback: Bool = false
    ) {
        self.messages = messages
        self.tools = tools
        self.now = now
        self.timeZone = timeZone
        self.maxOutputTokens = maxOutputTokens
        self.isFallback = isFallback
    }
}
