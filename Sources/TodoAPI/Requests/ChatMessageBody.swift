import JSON
import TodoStore

/// The body of `POST /api/{user_id}/chat`, checked.
struct ChatMessageBody {
    let conversation: Int?
    let message: String
    let stream: Bool?
    let confirms: Bool

    /// - Throws: `FieldErrors`.
    init(_ object: JSONObject) throws(FieldErrors) {
        var fields = FieldReader(object)
        conversation = fields.integer("conversation_id")
        if let conversation, conversation < 1 { fields.fail("conversation_id", "must be 1 or more") }
        message = fields.requiredText("message", .message) ?? ""
        stream = fields.bool("stream")
        confirms = fields.bool("confirm") ?? false
        try fields.finish()
    }
}
