import Time

/// The order of a list of todos; equal ones follow their id. Todos without a due date come last, both ways.
package struct TodoSort: Sendable, Hashable {
    /// The member to sort by.
    package enum Field: String, CaseIterable, Sendable {
        case id, title, priority
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case dueAt = "due_at"
    }

    package let field: Field
    package let descending: Bool

    package init(_ field: Field, descending: Bool = false) {
        self.field = field
        self.descending = descending
    }

    /// The contract's text: a field, with `-` before it for descending.
    package init?(_ text: some StringProtocol) {
        let descending = text.hasPrefix("-")
        guard let field = Field(rawValue: String(descending ? text.dropFirst() : text[...])) else { return nil }
        self.init(field, descending: descending)
    }

    package var text: String { (descending ? "-" : "") + field.rawValue }

    package static let id = TodoSort(.id)
}
