import Time

extension UserTransaction {
    package func createConversation(title: String) throws -> Conversation {
        try forgetOldConversations()
        try requireRoom()
        guard try rows.conversationCount() < limits.conversations else {
            throw StoreError.quotaExceeded(.conversations)
        }
        let id = try rows.insertConversation(title: title, at: now)
        return Conversation(id: id, title: title, createdAt: now, updatedAt: now)
    }

    package func renameConversation(_ id: Int, title: String) throws -> Conversation {
        guard try rows.renameConversation(id, title: title, at: now), let conversation = try conversation(id) else {
            throw StoreError.notFound(.conversation)
        }
        return conversation
    }

    /// Its messages, turns and steps go with it; the journal of tasks stays.
    package func deleteConversation(_ id: Int) throws {
        guard try rows.deleteConversation(id) else { throw StoreError.notFound(.conversation) }
    }

    /// Stores the user's message with its turn, which is running from now on.
    package func beginTurn(conversation: Int, userMessage: String, idempotencyKey: String? = nil) throws -> Turn {
        try touch(conversation)
        try requireRoomForTurn()
        let id = try rows.insertTurn(conversation: conversation, idempotencyKey: idempotencyKey, at: now)
        try insert(
            StoredMessage(
                id: 0, conversationID: conversation, turnID: id, role: .user, content: userMessage, status: .complete,
                createdAt: now))
        return Turn(
            id: id, conversationID: conversation, status: .running, startedAt: now, endedAt: nil,
            idempotencyKey: idempotencyKey, userMessage: userMessage, errorCode: nil, attempt: 1)
    }

    /// Resumes an interrupted turn from its stored steps, and deletes its incomplete answer.
    package func resumeTurn(_ id: Int) throws -> Turn {
        guard try rows.resumeTurn(id), let turn = try turn(id) else { throw StoreError.notFound(.turn) }
        try rows.deleteIncompleteAnswer(turn: id)
        try touch(turn.conversationID)
        return turn
    }

    /// - Throws: `stepRefused` for a call that is answered already, and for a turn that has ended or was resumed by someone
    ///   else: the effects of the call are rolled back with its transaction. `quotaExceeded(.bytes)` for a step that is too
    ///   large to be read again.
    package func appendStep(_ claim: Turn.Claim, _ step: TurnStep) throws {
        let text = step.text
        guard StoredJSON.isReadable(text) else { throw StoreError.quotaExceeded(.bytes) }
        guard try rows.appendStep(claim, callIndex: step.callIndex, text) else { throw StoreError.stepRefused }
    }

    /// Ends a running turn and stores its answer, if it has one.
    /// - Throws: `notFound(.turn)` for a turn that has ended or was resumed by someone else.
    package func finishTurn(_ claim: Turn.Claim, _ end: Turn.End) throws {
        guard let conversation = try rows.endTurn(claim, end.status, errorCode: end.errorCode, at: now) else {
            throw StoreError.notFound(.turn)
        }
        try touch(conversation)
        guard let text = end.answer else { return }
        try insert(
            StoredMessage(
                id: 0, conversationID: conversation, turnID: claim.turn, role: .assistant, content: text,
                status: end.isComplete ? .complete : .incomplete, createdAt: now, provider: end.provider,
                model: end.model, usage: end.usage))
    }

    /// A turn has one message of each role, and this is the first.
    private func insert(_ message: StoredMessage) throws {
        guard try rows.insert(message) else { throw StoreError.corrupt }
    }

    private func touch(_ conversation: Int) throws {
        guard try rows.touchConversation(conversation, at: now) else { throw StoreError.notFound(.conversation) }
    }
}
