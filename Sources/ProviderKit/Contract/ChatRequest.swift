package import Foundation

/// A conversation and what the model may do about it.
package struct ChatRequest: Sendable {
    package var messages: [ChatMessage]
    package var tools: [ToolDefinition]
    /// The time of the request, for an adapter that resolves "tomorrow" itself.
    package var now: Date
    /// The zone in which the user means times.
    package var timeZone: TimeZone
    /// Tokens that the answer may have; nil leaves it to the provider.
    package var maxOutputTokens: Int?
    /// Whether the user would have got another adapter's answer, had it not failed: one that knows less should say so.
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
