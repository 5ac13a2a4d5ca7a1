/// Which todos, in which order.
package struct TodoQuery: Sendable, Hashable {
    /// Which todos by whether they are done.
    package enum Status: String, CaseIterable, Sendable {
        case all, pending, completed
    }

    package var status: Status
    package var priority: Priority?
    /// All of them must match, whatever the case.
    package var tags: [String]
    /// From this moment on.
    package var dueFrom: Timestamp?
    /// Up to and including this moment.
    package var dueTo: Timestamp?
    /// Words of which each must stand in the title, the description or a tag, whatever the case.
    package var search: String?
    package var sort: TodoSort
    package var limit: Int
    package var cursor: TodoCursor?

    package init(
        status: Status = .all, priority: Priority? = nil, tags: [String] = [], dueFrom: Timestamp? = nil,
        dueTo: Timestamp? = nil, search: String? = nil, sort: TodoSort = .id, limit: Int = 50, cursor: TodoCursor? = nil
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
}

/// A place in a list of todos.
package typealias TodoCursor = PageCursor
