import GRDB
import JSON

extension UserReader {
    package func conversation(_ id: Int) throws -> Conversation? {
        try Row.fetchOne(
            database.cachedStatement(sql: "SELECT id, title, created_at, updated_at FROM conversation WHERE id = ?"),
            arguments: [id]
        ).map(Self.conversation)
    }

    /// Newest updated first; with `search` those where each word stands in the title or in one of the messages.
    package func conversations(
        search: String? = nil, limit: Int, cursor: PageCursor? = nil
    ) throws -> Page<Conversation> {
        var (updated, id) = (Int.max, Int.max)
        if let cursor = try cursor?.checked(for: Self.conversationList) {
            guard case .number(let number) = cursor.key else { throw StoreError.badCursor }
            (updated, id) = (number, cursor.id)
        }
        let words = search?.folded.split(whereSeparator: \.isWhitespace).prefix(16).map(String.init) ?? []
        let conversations = try Row.fetchAll(
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
            arguments: [updated, id, limit + 1, words.isEmpty ? nil : TodoRow.encode(tags: words)]
        ).map(Self.conversation)
        return Page(conversations, limit: limit) {
            PageCursor(list: Self.conversationList, key: .number($0.updatedAt.milliseconds), id: $0.id)
        }
    }

    /// Oldest first: at most a megabyte of them, and one in any case.
    package func messages(conversation: Int, limit: Int, cursor: PageCursor? = nil) throws -> Page<StoredMessage> {
        let list = "messages \(conversation)"
        let after = try cursor?.checked(for: list).id ?? 0
        var builder = PageBuilder<StoredMessage>(limit: limit)
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT \(Self.messageColumns) FROM message WHERE conversation_id = ? AND id > ?
                    ORDER BY id LIMIT ?
                    """),
            arguments: [conversation, after, limit + 1])
        while let row = try rows.next() {
            var message = try Self.message(row)
            var size = PageBuilder<StoredMessage>.frame + PageBuilder<StoredMessage>.size(message.content)
            if message.role == .assistant { size += try sizeOfSteps(turn: message.turnID) }
            guard builder.takes(size) else { break }
            if message.role == .assistant { message.toolCalls = try toolCalls(turn: message.turnID) }
            builder.append(message)
        }
        return builder.page { PageCursor(list: list, key: .number($0.id), id: $0.id) }
    }

    private func sizeOfSteps(turn: Int) throws -> Int {
        try Int.fetchOne(
            database.cachedStatement(
                sql: "SELECT ifnull(sum(length(CAST(body AS BLOB))), 0) FROM step WHERE turn_id = ?"),
            arguments: [turn]) ?? 0
    }

    /// The calls of a turn that were answered, in order.
    package func toolCalls(turn: Int) throws -> [StoredToolCall] {
        let steps = try steps(turn: turn)
        let calls = steps.flatMap { step in
            if case .model(_, let calls, _, _) = step { calls } else { [] as [StepCall] }
        }
        return steps.compactMap { step in
            guard case .tool(let index, let id, let tool, let result) = step else { return nil }
            return StoredToolCall(
                id: id, tool: tool, arguments: calls.indices.contains(index) ? calls[index].arguments : JSONObject(),
                result: result)
        }
    }

    static let messageColumns = """
        id, conversation_id, turn_id, role, content, status, created_at, provider, model, input_tokens, output_tokens,
        cached_input_tokens, cost
        """

    static func message(_ row: Row) throws -> StoredMessage {
        guard let role = MessageRole(rawValue: try row.value("role")),
            let status = MessageStatus(rawValue: try row.value("status"))
        else { throw StoreError.corrupt }
        var usage: TurnUsage?
        if let input: Int = try row.value("input_tokens"), let output: Int = try row.value("output_tokens") {
            usage = try TurnUsage(
                inputTokens: input, outputTokens: output, cachedInputTokens: row.value("cached_input_tokens"),
                cost: row.value("cost"))
        }
        return try StoredMessage(
            id: row.value("id"), conversationID: row.value("conversation_id"), turnID: row.value("turn_id"), role: role,
            content: row.value("content"), toolCalls: [], status: status,
            createdAt: Timestamp(milliseconds: row.value("created_at")), provider: row.value("provider"),
            model: row.value("model"),
            usage: usage)
    }

    private static let conversationList = "conversations"

    private static func conversation(_ row: Row) throws -> Conversation {
        try Conversation(
            id: row.value("id"), title: row.value("title"), createdAt: Timestamp(milliseconds: row.value("created_at")),
            updatedAt: Timestamp(milliseconds: row.value("updated_at")))
    }
}
