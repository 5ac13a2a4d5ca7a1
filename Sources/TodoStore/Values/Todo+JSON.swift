package import JSON
import Time

extension Todo {
    /// A task as the journal keeps it.
    /// - Throws: `StoreError.corrupt` for what `json` did not write.
    package init(stored json: JSONValue) throws(StoreError) {
        func timestamp(_ name: String) -> Timestamp? { json[name]?.string.flatMap { Timestamp(rfc3339: $0) } }
        guard let id = json["id"]?.integer, let title = json["title"]?.string,
            let priority = json["priority"]?.string.flatMap(Priority.init(rawValue:)),
            let tags = json["tags"]?.array, let createdAt = timestamp("created_at"),
            let updatedAt = timestamp("updated_at"), let version = json["version"]?.integer
        else { throw .corrupt }
        let texts = tags.compactMap(\.string)
        guard StoredRange.id.contains(id), StoredRange.version.contains(version), texts.count == tags.count else {
            throw .corrupt
        }
        self.init(
            id: id, title: title, description: json["description"]?.string, priority: priority,
            tags: texts, dueAt: timestamp("due_at"), recurrence: json["recurrence"]?.string,
            createdAt: createdAt, updatedAt: updatedAt, completedAt: timestamp("completed_at"), version: version)
    }
}
