import JSON
import ProviderKit

/// The signed thoughts of Gemini 3, which refuses a history whose tool calls come without them.
enum ThoughtSignatures {
    /// Where a call carries its signature: at Google, and behind a LiteLLM proxy. It is stored with the call and sent back
    /// as it came.
    static let fields = [field, "provider_specific_fields"]

    private static let field = "extra_content"

    /// What Google's documentation has for calls that another model made.
    private static let placeholder: JSONValue = [
        "google": ["thought_signature": "skip_thought_signature_validator"]
    ]

    /// Every model since Gemini 3, those behind names such as `gemini-flash-latest` included.
    static func areNeeded(by model: String) -> Bool {
        !["gemini-1", "gemini-2", "gemma"].contains { model.hasPrefix($0) }
    }

    /// The message with a signature at its first call: parallel calls share that of the first one.
    static func replayable(_ message: ChatMessage) -> ChatMessage {
        guard case .assistant(var assistant) = message, let first = assistant.toolCalls.first,
            first.opaque?[field]?["google"]?["thought_signature"] == nil,
            first.opaque?["provider_specific_fields"]?["thought_signature"] == nil
        else { return message }
        var opaque = first.opaque?.object ?? JSONObject()
        opaque[field] = placeholder
        assistant.toolCalls[0].opaque = .object(opaque)
        return .assistant(assistant)
    }
}
