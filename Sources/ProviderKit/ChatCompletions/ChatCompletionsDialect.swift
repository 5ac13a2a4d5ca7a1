package import JSON

/// In what servers that speak OpenAI's chat completions differ, as data.
package struct ChatCompletionsDialect: Sendable {
    /// Fields of a model's message that the server wants back with it, as they were.
    package var messageEcho: [String]
    /// The same for each tool call.
    package var callEcho: [String]
    /// Where usage may stand in a chunk.
    package var usagePaths: [[String]]
    /// The name of the limit on the tokens of an answer.
    package var tokenLimitField: String
    /// Members that every request has besides those of the conversation.
    package var fixedMembers: JSONObject
    /// Whether an answer that is nothing but a call written as text (`<function=add_task>{…}</function>`) is taken
    /// for that call.
    package var rescuesTextCalls: Bool
    /// Characters of a tool call's id that the server takes: others make longer ones than it would itself.
    package var longestCallID: Int

    package init(
        messageEcho: [String] = [], callEcho: [String] = ["extra_content", "provider_specific_fields"],
        usagePaths: [[String]] = [["usage"]],
        tokenLimitField: String = "max_tokens", fixedMembers: JSONObject = JSONObject(), rescuesTextCalls: Bool = false,
        longestCallID: Int = .max
    ) {
        self.messageEcho = messageEcho
        self.callEcho = callEcho
        self.usagePaths = usagePaths
        self.tokenLimitField = tokenLimitField
        self.fixedMembers = fixedMembers
        self.rescuesTextCalls = rescuesTextCalls
        self.longestCallID = longestCallID
    }
}
