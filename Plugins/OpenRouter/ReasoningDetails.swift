import JSON
import ProviderKit
import Text

/// The thoughts of a model, which OpenRouter wants back with its message as they were: some vendors refuse a history
/// without them, and with an empty list where there was one.
enum ReasoningDetails {
    static let field = "reasoning_details"

    /// The message without thoughts that lost their signature on the way: their vendor would refuse the history.
    static func replayable(_ message: ChatMessage) -> ChatMessage {
        guard case .assistant(var assistant) = message, var opaque = assistant.opaque?.object,
            let details = opaque[field]?.array
        else { return message }
        opaque[field] = .array(details.filter { !lacksSignature($0) })
        assistant.opaque = .object(opaque)
        return .assistant(assistant)
    }

    private static func lacksSignature(_ detail: JSONValue) -> Bool {
        detail["type"] == "reasoning.text" && detail["format"]?.string?.startsWithBytes(of: "anthropic-claude") == true
            && (detail["signature"]?.string ?? "").isEmpty
    }
}
