package import Time

/// A selection of tasks and their order.
package struct TodoQuery: Sendable, Hashable {
    /// Tasks by whether they are completed.
    package enum Status: String, CaseIterable, Sendable {
        case all, pending, completed

        /// The required completion; nil for any.
        package var isCompleted: Bool? {
            switch self {
            case .all: nil
            case .pending: false
            case .completed: true
            }
        }
    }

    package var status: Status
    package var priority: Priority?
    /// Tags that a task must have, all of them, whatever the case.
    package var tags: [String]
    /// The earliest due date, inclusive.
    package var dueFrom: Timestamp?
    /// Up to and including this moment.
    package var dueTo: Timestamp?
    /// Words of which each must occur in the title, the description or a tag, whatever the case.
    package var search: String?
    package var sort: Sort
    package var limit: Int
    package var cursor: PageCursor?

    package init(
        status: Status = .all, priority: Priority? = nil, tags: [String] = [], dueFrom: Timestamp? = nil,
        dueTo: Timestamp? = nil, search: String? = nil, sort: Sort = .id, limit: Int = 50, cursor: PageCursor? = nil
    ) {
        self.status = status
        self.priority = priority
        self.tags = tags
        self.dueFrom = dueFrom
        self.dueTo = dueTo
        self.search = search
        self.sort = sort
        self.limit = min(max(limit, 1), 100)
        self.cursor = cursor
    }

    /// The order of a list of tasks; equal ones follow their id. Tasks without a due date come last, both ways.
    package struct Sort: Sendable, Hashable {
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

        package static let id = Sort(.id)
    }
}

extension TodoQuery {
    /// The place in the order after which the page begins; nil for the beginning of the list.
    /// - Throws: `badCursor` for a cursor of another list, or of another order.
    package func start() throws(StoreError) -> PageCursor? {
        guard let cursor = try cursor?.checked(for: list) else { return nil }
        switch (cursor.key, sort.field) {
        case (.text, .title): return cursor
        case (.number, .title), (.text, _): throw .badCursor
        case (.number, _): return cursor
        }
    }

    /// Whether a page with so many tasks, written in so many bytes, takes no more.
    package func isFull(count: Int, bytes: Int) -> Bool { count == limit || bytes > Self.fullPage }

    /// Bytes from which on a page takes no more: a task has at most 10 KB, and a page a megabyte.
    private static let fullPage = (1 << 20) - (16 << 10)

    /// The place after a task.
    func cursor(after todo: Todo) -> PageCursor {
        let key: PageCursor.Key =
            switch sort.field {
            case .id: .number(todo.id)
            case .title: .text(todo.title.folded)
            case .priority: .number(todo.priority.rank)
            case .createdAt: .number(todo.createdAt.milliseconds)
            case .updatedAt: .number(todo.updatedAt.milliseconds)
            case .dueAt: .number(todo.dueAt?.milliseconds ?? (sort.descending ? Int.min : Int.max))
            }
        return PageCursor(list: list, key: key, id: todo.id)
    }

    private var list: String { "tasks \(sort.text)" }
}
