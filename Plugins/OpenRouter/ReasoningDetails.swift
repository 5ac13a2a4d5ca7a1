import JSON
import ProviderKit
import Text

/// The reasoning details of a message, which are sent back to OpenRouter unchanged: some vendors refuse a history
/// without them, even if the list was empty.
enum ReasoningDetails {
    static let field = "reasoning_details"

    /// Returns the message without reasoning details that lost their signature, for which the vendor would refuse the
    /// history.
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
