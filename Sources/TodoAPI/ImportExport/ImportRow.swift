import JSON
import Time
import TodoStore

/// A task of an import, checked like a new task. Members of exports that new tasks do not have are ignored.
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
        if completed == false, completedAt != nil {
            fields.fail("completed_at", "must not be combined with completed false")
        }
        // Ids and times of the exporting list have no meaning in this one.
        _ = (fields.integer("id"), fields.integer("version"))
        _ = (fields.timestamp("created_at"), fields.timestamp("updated_at"))
        try fields.finish()
        self.completedAt = completedAt ?? (completed == true ? now : nil)
    }
}
