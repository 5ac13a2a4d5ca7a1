import GRDB
import Time
import TodoStore

extension SQLiteRows {
    func messageCount() throws -> Int {
        let count = try counts.messages ?? count("message")
        counts.messages = count
        return count
    }

    func messages(
        conversation: Int, after id: Int, limit: Int, _ body: (StoredMessage, _ stepBytes: Int) throws -> Bool
    ) throws {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT \(Self.messageColumns), iif(role = 'assistant', \(Self.stepBytes("message.turn_id")), 0)
                        AS step_bytes
                    FROM message WHERE conversation_id = ? AND id > ? ORDER BY id LIMIT ?
                    """),
            arguments: [conversation, id, limit])
        while let row = try rows.next() {
            guard let message = try? Self.message(row) else { continue }
            guard try body(message, row.value("step_bytes")) else { return }
        }
    }

    func answers(turns: [Int]) throws -> [StoredMessage] {
        let list = IDList(turns)
        return try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT \(Self.messageColumns) FROM message WHERE turn_id IN \(list.places) AND role = 'assistant'
                    """),
            arguments: list.arguments
        ).compactMap { try? Self.message($0) }
    }

    func insert(_ message: StoredMessage) throws -> Bool {
        try database.cachedStatement(
            sql: """
                INSERT INTO message (conversation_id, turn_id, role, content, status, created_at, provider, model,
                    input_tokens, output_tokens, cached_input_tokens, cost)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (turn_id, role) DO NOTHING
                """
        ).execute(arguments: [
            message.conversationID, message.turnID, message.role.rawValue, message.content, message.status.rawValue,
            message.createdAt.milliseconds, message.provider, message.model, message.usage?.inputTokens,
            message.usage?.outputTokens, message.usage?.cachedInputTokens, message.usage?.cost,
        ])
        guard database.changesCount == 1 else { return false }
        counts.messages = counts.messages.map { $0 + 1 }
        return true
    }

    func deleteIncompleteAnswer(turn: Int) throws {
        try database.cachedStatement(
            sql: "DELETE FROM message WHERE turn_id = ? AND role = 'assistant' AND status = 'incomplete'"
        ).execute(arguments: [turn])
        counts.messages = nil
    }

    /// SQL for the bytes of a turn's steps.
    static func stepBytes(_ turn: String) -> String {
        "(SELECT ifnull(sum(length(CAST(body AS BLOB))), 0) FROM step WHERE step.turn_id = \(turn))"
    }

    private static let messageColumns = """
        id, conversation_id, turn_id, role, content, status, created_at, provider, model, input_tokens, output_tokens,
        cached_input_tokens, cost
        """

    private static func message(_ row: Row) throws -> StoredMessage {
        guard let role = StoredMessage.Role(rawValue: try row.value("role")),
            let status = StoredMessage.Status(rawValue: try row.value("status"))
        else { throw StoreError.corrupt }
        var usage: Turn.Usage?
        if let input: Int = try row.value("input_tokens"), let output: Int = try row.value("output_tokens") {
            usage = try Turn.Usage(
                inputTokens: input, outputTokens: output, cachedInputTokens: row.value("cached_input_tokens"),
                cost: row.value("cost"))
        }
        return try StoredMessage(
            id: row.value("id"), conversationID: row.value("conversation_id"), turnID: row.value("turn_id"), role: role,
            content: row.value("content"), status: status,
            createdAt: Timestamp(milliseconds: row.value("created_at")), provider: row.value("provider"),
            model: row.value("model"), usage: usage)
    }
}
