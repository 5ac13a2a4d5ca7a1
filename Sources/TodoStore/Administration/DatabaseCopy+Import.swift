import GRDB
import Identity

extension DatabaseCopy {
    /// Reads all that it holds as the API would, after `check`: what comes from outside may be whole and still be nonsense.
    /// - Throws: `UserImport.Refusal.badTask`, `StoreError.corrupt`, `StoreError.quotaExceeded`.
    func checkContent(bytes: Int, limits: StoreLimits) throws {
        try read { reader in
            guard let summary = try reader.summary(bytes: bytes) else { throw StoreError.corrupt }
            guard summary.bytes <= limits.bytes else { throw StoreError.quotaExceeded(.bytes) }
            guard summary.tasks <= limits.tasks else { throw StoreError.quotaExceeded(.tasks) }
            guard summary.conversations <= limits.conversations else { throw StoreError.quotaExceeded(.conversations) }
            guard summary.messages <= limits.messages else { throw StoreError.quotaExceeded(.messages) }
            try Self.forEach {
                try reader.todos(TodoQuery(limit: Self.page, cursor: $0))
            } _: { todo in
                do {
                    _ = try TodoDraft(
                        title: todo.title, description: todo.description, priority: todo.priority, tags: todo.tags,
                        dueAt: todo.dueAt, recurrence: todo.recurrence)
                } catch {
                    throw UserImport.Refusal.badTask(todo.id)
                }
            }
            try Self.forEach {
                try reader.conversations(limit: Self.page, cursor: $0)
            } _: { conversation in
                try Self.forEach {
                    try reader.messages(conversation: conversation.id, limit: Self.page, cursor: $0)
                } _: { _ in
                }
            }
            try Self.forEach {
                try reader.changes(limit: Self.page, cursor: $0)
            } _: { change in
                for task in [change.before, change.after].compactMap({ $0 }) { _ = try Todo(stored: task) }
            }
        }
    }

    /// Gives the file to another user. Only for a copy that nothing else reads, after `check`.
    static func adopt(_ path: String, for account: Account) throws {
        var configuration = Configuration()
        // A file that was in WAL mode must be whole without its log.
        configuration.prepareDatabase {
            try $0.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA journal_mode = DELETE")
        }
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? queue.close() }
        try queue.inDatabase { database in
            try database.execute(
                sql: "UPDATE owner SET tenant = ?, user = ?",
                arguments: [account.tenant.rawValue, account.user.rawValue])
        }
    }

    private static func forEach<Item>(_ page: (PageCursor?) throws -> Page<Item>, _ body: (Item) throws -> Void) throws
    {
        var cursor: PageCursor?
        repeat {
            let page = try page(cursor)
            for item in page.items { try body(item) }
            cursor = page.nextCursor.flatMap { PageCursor($0) }
        } while cursor != nil
    }

    private static let page = 500
}
