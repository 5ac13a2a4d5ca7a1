import Time
package import TodoStore

extension TodoDraft {
    package static func titled(
        _ title: String, description: String? = nil, priority: Priority = .medium, tags: [String] = [],
        due: String? = nil
    ) throws -> TodoDraft {
        try TodoDraft(
            title: title, description: description, priority: priority, tags: tags,
            dueAt: due.flatMap { Timestamp(rfc3339: $0) })
    }
}
