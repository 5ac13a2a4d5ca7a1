package import JSON

/// The differences between servers with OpenAI's chat completions API, as data.
package struct ChatCompletionsDialect: Sendable {
    /// Fields of a model's message that are sent back to the server unchanged.
    package var messageEcho: [String]
    /// Fields of a tool call that are sent back to the server unchanged.
    package var callEcho: [String]
    /// The paths at which usage can be found in a chunk.
    package var usagePaths: [[String]]
    /// The name of the member that limits the tokens of an answer.
    package var tokenLimitField: String
    /// Members of every request, in addition to those of the conversation.
    package var fixedMembers: JSONObject
    /// Whether an answer that consists of a call written as text (`<function=add_task>{…}</function>`) is treated as
    /// that call.
    package var rescuesTextCalls: Bool
    /// The maximum length of a tool call's id that the server accepts; the ids of other servers can be longer.
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
