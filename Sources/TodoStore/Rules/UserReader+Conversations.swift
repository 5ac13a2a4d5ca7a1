import JSON
import Time

extension UserReader {
    package func conversation(_ id: Int) throws -> Conversation? { try rows.conversation(id) }

    /// Newest updated first; with `search` those where each word occurs in the title or in one of the messages.
    package func conversations(
        search: String? = nil, limit: Int, cursor: PageCursor? = nil
    ) throws -> Page<Conversation> {
        var place = (updatedAt: Int.max, id: Int.max)
        if let cursor = try cursor?.checked(for: Self.conversationList) {
            guard case .number(let updatedAt) = cursor.key else { throw StoreError.badCursor }
            place = (updatedAt, cursor.id)
        }
        let words = search?.searchWords ?? []
        return Page(try rows.conversations(words: words, before: place, limit: limit + 1), limit: limit) {
            PageCursor(list: Self.conversationList, key: .number($0.updatedAt.milliseconds), id: $0.id)
        }
    }

    /// Oldest first: at most a megabyte of them, and one in any case.
    package func messages(conversation: Int, limit: Int, cursor: PageCursor? = nil) throws -> Page<StoredMessage> {
        let list = "messages \(conversation)"
        let after = try cursor?.checked(for: list).id ?? 0
        var builder = Page<StoredMessage>.Builder(limit: limit)
        try rows.messages(conversation: conversation, after: after, limit: limit + 1) { message, stepBytes in
            let text = Page<StoredMessage>.Builder.size(message.content)
            guard builder.takes(Page<StoredMessage>.Builder.frame + text + stepBytes) else { return false }
            builder.append(message)
            return true
        }
        let turns = builder.items.filter { $0.role == .assistant }.map(\.turnID)
        let steps = try readableSteps(turns: turns)
        builder.update { message in
            guard message.role == .assistant else { return }
            message.toolCalls = StoredMessage.ToolCall.answered(in: steps[message.turnID] ?? [])
        }
        return builder.page { PageCursor(list: list, key: .number($0.id), id: $0.id) }
    }

    /// The calls of a turn that were answered, in order.
    package func toolCalls(turn: Int) throws -> [StoredMessage.ToolCall] {
        StoredMessage.ToolCall.answered(in: try steps(turn: turn))
    }

    private static let conversationList = "conversations"
}

extension StoredMessage.ToolCall {
    /// The calls that have their answer among the steps of a turn.
    static func answered(in steps: [TurnStep]) -> [StoredMessage.ToolCall] {
        let calls = steps.flatMap { step in
            if case .model(_, let calls, _, _) = step { calls } else { [] as [TurnStep.Call] }
        }
        return steps.compactMap { step in
            guard case .tool(let index, let id, let tool, let result) = step else { return nil }
            return StoredMessage.ToolCall(
                id: id, tool: tool, arguments: calls.indices.contains(index) ? calls[index].arguments : JSONObject(),
                result: result)
        }
    }
}
