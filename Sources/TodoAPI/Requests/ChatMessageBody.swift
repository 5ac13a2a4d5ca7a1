import JSON
import TodoStore

/// The validated body of `POST /api/{user_id}/chat`.
struct ChatMessageBody {
    let conversation: Int?
    let message: String
    let stream: Bool?
    let confirms: Bool

    /// - Throws: `FieldErrors`.
    init(_ object: JSONObject) throws(FieldErrors) {
        var fields = FieldReader(object)
        conversation = fields.id("conversation_id")
        message = fields.requiredText("message", .message) ?? ""
        stream = fields.bool("stream")
        confirms = fields.bool("confirm") ?? false
        try fields.finish()
    }
}
