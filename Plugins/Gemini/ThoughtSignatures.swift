import JSON
import ProviderKit

/// The thought signatures of Gemini 3, which refuses a history whose tool calls lack them.
enum ThoughtSignatures {
    /// The fields of a call that contain its signature: of Google, and of a LiteLLM proxy. They are stored with the
    /// call and sent back unchanged.
    static let fields = [field, "provider_specific_fields"]

    private static let field = "extra_content"

    /// The signature that Google's documentation gives for calls made by another model.
    private static let placeholder: JSONValue = [
        "google": ["thought_signature": "skip_thought_signature_validator"]
    ]

    /// Returns whether the model needs signatures: all since Gemini 3, including aliases such as `gemini-flash-latest`.
    static func areNeeded(by model: String) -> Bool {
        !["gemini-1", "gemini-2", "gemma"].contains { model.hasPrefix($0) }
    }

    /// Returns the message with a signature at its first call; parallel calls share it.
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
