import GRDB

extension UserTransaction {
    package func createConversation(title: String) throws -> Conversation {
        try forgetOldConversations()
        try requireRoom()
        let count = try counts.conversations ?? counts().conversations
        guard count < limits.conversations else { throw StoreError.quotaExceeded(.conversations) }
        try database.cachedStatement(sql: "INSERT INTO conversation (title, created_at, updated_at) VALUES (?, ?, ?)")
            .execute(arguments: [title, now.milliseconds, now.milliseconds])
        counts.conversations = count + 1
        return Conversation(id: Int(database.lastInsertedRowID), title: title, createdAt: now, updatedAt: now)
    }

    package func renameConversation(_ id: Int, title: String) throws -> Conversation {
        try database.cachedStatement(sql: "UPDATE conversation SET title = ?, updated_at = ? WHERE id = ?")
            .execute(arguments: [title, now.milliseconds, id])
        guard let conversation = try conversation(id) else { throw StoreError.notFound(.conversation) }
        return conversation
    }

    /// Its messages, turns and steps go with it; the journal of tasks stays.
    package func deleteConversation(_ id: Int) throws {
        try database.cachedStatement(sql: "DELETE FROM conversation WHERE id = ?").execute(arguments: [id])
        guard database.changesCount == 1 else { throw StoreError.notFound(.conversation) }
        counts.conversations = counts.conversations.map { $0 - 1 }
        counts.messages = nil
    }

    /// Stores the user's message with its turn, which is running from now on.
    package func beginTurn(conversation: Int, userMessage: String, idempotencyKey: String? = nil) throws -> Turn {
        try touch(conversation)
        try requireRoomForTurn()
        try database.cachedStatement(
            sql: """
                INSERT INTO turn (conversation_id, status, process, started_at, idempotency_key)
                VALUES (?, 'running', ?, ?, ?)
                """
        ).execute(arguments: [conversation, process, now.milliseconds, idempotencyKey])
        let id = Int(database.lastInsertedRowID)
        try database.cachedStatement(
            sql: """
                INSERT INTO message (conversation_id, turn_id, role, content, status, created_at)
                VALUES (?, ?, 'user', ?, 'complete', ?)
                """
        ).execute(arguments: [conversation, id, userMessage, now.milliseconds])
        return Turn(
            id: id, conversationID: conversation, status: .running, startedAt: now, endedAt: nil,
            idempotencyKey: idempotencyKey, userMessage: userMessage, errorCode: nil)
    }

    /// Lets an interrupted turn run on, from the steps that are stored; its incomplete answer goes away.
    package func resumeTurn(_ id: Int) throws -> Turn {
        try database.cachedStatement(
            sql: """
                UPDATE turn SET status = 'running', process = ?, ended_at = NULL, error_code = NULL
                WHERE id = ? AND status = 'interrupted'
                """
        ).execute(arguments: [process, id])
        guard database.changesCount == 1, let turn = try turn(id) else { throw StoreError.notFound(.turn) }
        try database.cachedStatement(
            sql: "DELETE FROM message WHERE turn_id = ? AND role = 'assistant' AND status = 'incomplete'"
        ).execute(arguments: [id])
        counts.messages = nil
        try touch(turn.conversationID)
        return turn
    }

    /// Throws `stepRefused` for a call that is answered already, and for a turn that is not running: with its transaction
    /// goes what the call has done.
    package func appendStep(turn id: Int, _ step: TurnStep) throws {
        let status = try String.fetchOne(
            database.cachedStatement(sql: "SELECT status FROM turn WHERE id = ?"), arguments: [id])
        guard status == TurnStatus.running.rawValue else { throw StoreError.stepRefused }
        guard try StepStore.append(database, turn: id, step) else { throw StoreError.stepRefused }
    }

    /// Ends a running turn and stores its answer, if it has one.
    package func finishTurn(_ id: Int, _ end: TurnEnd) throws {
        let conversation = try Int.fetchOne(
            database.cachedStatement(
                sql: """
                    UPDATE turn SET status = ?, ended_at = ?, error_code = ? WHERE id = ? AND status = 'running'
                    RETURNING conversation_id
                    """),
            arguments: [end.status.rawValue, now.milliseconds, end.errorCode, id])
        guard let conversation else { throw StoreError.notFound(.turn) }
        try touch(conversation)
        guard let text = end.answer else { return }
        counts.messages = counts.messages.map { $0 + 1 }
        try database.cachedStatement(
            sql: """
                INSERT INTO message (conversation_id, turn_id, role, content, status, created_at, provider, model,
                    input_tokens, output_tokens, cached_input_tokens, cost)
                VALUES (?, ?, 'assistant', ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            conversation, id, text, (end.isComplete ? MessageStatus.complete : .incomplete).rawValue,
            now.milliseconds, end.provider, end.model, end.usage?.inputTokens, end.usage?.outputTokens,
            end.usage?.cachedInputTokens, end.usage?.cost,
        ])
    }

    private func touch(_ conversation: Int) throws {
        try database.cachedStatement(sql: "UPDATE conversation SET updated_at = ? WHERE id = ?")
            .execute(arguments: [now.milliseconds, conversation])
        guard database.changesCount == 1 else { throw StoreError.notFound(.conversation) }
    }
}
