import GRDB
import Time
import TodoStore

extension SQLiteRows {
    func conversation(_ id: Int) throws -> Conversation? {
        try Row.fetchOne(
            database.cachedStatement(sql: "SELECT id, title, created_at, updated_at FROM conversation WHERE id = ?"),
            arguments: [id]
        ).map(Self.conversation)
    }

    func conversations(
        words: [String], before place: (updatedAt: Int, id: Int), limit: Int
    ) throws -> [Conversation] {
        try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT id, title, created_at, updated_at FROM conversation WHERE (updated_at, id) < (?1, ?2)
                    AND (?4 IS NULL OR NOT EXISTS (
                        SELECT 1 FROM json_each(?4) AS word
                        WHERE instr(folded(conversation.title), word.value) = 0 AND NOT EXISTS (
                            SELECT 1 FROM message
                            WHERE conversation_id = conversation.id AND instr(folded(content), word.value) > 0)))
                    ORDER BY updated_at DESC, id DESC LIMIT ?3
                    """),
            arguments: [place.updatedAt, place.id, limit, words.isEmpty ? nil : TodoRow.encode(tags: words)]
        ).map(Self.conversation)
    }

    private static func conversation(_ row: Row) throws -> Conversation {
        try Conversation(
            id: row.value("id"), title: row.value("title"), createdAt: Timestamp(milliseconds: row.value("created_at")),
            updatedAt: Timestamp(milliseconds: row.value("updated_at")))
    }

    func conversationCount() throws -> Int {
        let count = try counts.conversations ?? count("conversation")
        counts.conversations = count
        return count
    }

    func oldestConversation() throws -> Timestamp? {
        try Int.fetchOne(database.cachedStatement(sql: "SELECT min(updated_at) FROM conversation"))
            .map { Timestamp(milliseconds: $0) }
    }

    func insertConversation(title: String, at now: Timestamp) throws -> Int {
        try database.cachedStatement(sql: "INSERT INTO conversation (title, created_at, updated_at) VALUES (?, ?, ?)")
            .execute(arguments: [title, now.milliseconds, now.milliseconds])
        counts.conversations = counts.conversations.map { $0 + 1 }
        return Int(database.lastInsertedRowID)
    }

    func renameConversation(_ id: Int, title: String, at now: Timestamp) throws -> Bool {
        try database.cachedStatement(sql: "UPDATE conversation SET title = ?, updated_at = ? WHERE id = ?")
            .execute(arguments: [title, now.milliseconds, id])
        return database.changesCount == 1
    }

    func touchConversation(_ id: Int, at now: Timestamp) throws -> Bool {
        try database.cachedStatement(sql: "UPDATE conversation SET updated_at = ? WHERE id = ?")
            .execute(arguments: [now.milliseconds, id])
        return database.changesCount == 1
    }

    func deleteConversation(_ id: Int) throws -> Bool {
        try database.cachedStatement(sql: "DELETE FROM conversation WHERE id = ?").execute(arguments: [id])
        guard database.changesCount == 1 else { return false }
        counts.conversations = counts.conversations.map { $0 - 1 }
        counts.messages = nil
        return true
    }

    func deleteConversations(before end: Timestamp) throws -> Bool {
        try database.cachedStatement(
            sql: """
                DELETE FROM conversation WHERE updated_at < ? AND NOT EXISTS (
                    SELECT 1 FROM turn WHERE turn.conversation_id = conversation.id AND turn.status = 'running')
                """
        ).execute(arguments: [end.milliseconds])
        counts.conversations = nil
        counts.messages = nil
        return database.changesCount > 0
    }
}
