import Postgres
import Time
import TodoStore

extension PostgresRows {
    func messageCount() throws -> Int {
        try load()
        return account.messages
    }

    func messages(
        conversation: Int, after id: Int, limit: Int, _ body: (StoredMessage, _ stepBytes: Int) throws -> Bool
    ) throws {
        var arguments = arguments
        arguments.append(conversation)
        arguments.append(id)
        arguments.append(limit)
        for row in try ask(.messages, arguments).rows {
            guard let message = try? Self.message(row) else { continue }
            guard try body(message, row.int(13)) else { return }
        }
    }

    func answers(turns: [Int]) throws -> [StoredMessage] {
        if let (known, messages) = known.answers, known == turns { return messages }
        var arguments = arguments
        arguments.append(turns)
        return Self.messages(try ask(.answers, arguments))
    }

    static func messages(_ result: PostgresResult) -> [StoredMessage] { result.rows.compactMap { try? message($0) } }

    func insert(_ message: StoredMessage) throws -> Bool {
        try load()
        let content = message.content.storable
        let size = RowSize.message(content)
        var arguments = arguments
        arguments.append(account.lastMessage + 1)
        arguments.append(message.conversationID)
        arguments.append(message.turnID)
        arguments.append(message.role.rawValue)
        arguments.append(content)
        arguments.append(content.folded)
        arguments.append(message.status.rawValue)
        arguments.append(message.createdAt.milliseconds)
        arguments.append(message.provider?.storable)
        arguments.append(message.model?.storable)
        arguments.append(message.usage?.inputTokens)
        arguments.append(message.usage?.outputTokens)
        arguments.append(message.usage?.cachedInputTokens)
        arguments.append(message.usage?.cost)
        arguments.append(size)
        if takeRoom(for: message) {
            try change(.insertMessage, arguments)
        } else if try changeNow(.insertMessage, arguments).changedRows != 1 {
            return false
        }
        account.lastMessage += 1
        account.messages += 1
        addedBytes += size
        return true
    }

    /// Whether the turn is known to have no message of this role, which it has from now on.
    private func takeRoom(for message: StoredMessage) -> Bool {
        switch message.role {
        case .user: known.newTurns.contains(message.turnID)
        case .assistant: known.unanswered.remove(message.turnID) != nil
        }
    }

    func deleteIncompleteAnswer(turn: Int) throws {
        try load()
        var arguments = arguments
        arguments.append(turn)
        for row in try changeNow(.deleteIncompleteAnswer, arguments).rows {
            account.messages -= 1
            addedBytes -= try row.int(0)
        }
    }

    private static func message(_ row: ResultRow) throws -> StoredMessage {
        guard let role = StoredMessage.Role(rawValue: try row.text(3)),
            let status = StoredMessage.Status(rawValue: try row.text(5))
        else { throw StoreError.corrupt }
        var usage: Turn.Usage?
        if let input = try row.intIfAny(9), let output = try row.intIfAny(10) {
            usage = Turn.Usage(
                inputTokens: input, outputTokens: output, cachedInputTokens: try row.intIfAny(11),
                cost: try row.doubleIfAny(12))
        }
        return StoredMessage(
            id: try row.int(0), conversationID: try row.int(1), turnID: try row.int(2), role: role,
            content: try row.text(4), status: status, createdAt: try row.time(6), provider: try row.textIfAny(7),
            model: try row.textIfAny(8), usage: usage)
    }
}
