import JSON
import Time
import TodoStore

/// One task of an import: checked by the rules of every new task, with what an export says of the old one passed over.
struct ImportRow: Sendable {
    let draft: TodoDraft
    let completedAt: Timestamp?

    /// - Throws: `FieldErrors`
    init(_ value: JSONValue, now: Timestamp) throws {
        guard case .object(let object) = value else {
            throw FieldErrors([FieldError("row", "must be an object, not \(value.kind)")])
        }
        var fields = FieldReader(object)
        draft = TodoDraft(fields: &fields)
        let completed = fields.bool("completed")
        let completedAt = fields.timestamp("completed_at")
        if completed == false, completedAt != nil { fields.fail("completed_at", "does not go with completed false") }
        // Ids and times of the list that the task comes from mean nothing in this one.
        _ = (fields.integer("id"), fields.integer("version"))
        _ = (fields.timestamp("created_at"), fields.timestamp("updated_at"))
        try fields.finish()
        self.completedAt = completedAt ?? (completed == true ? now : nil)
    }
}
