import JSON
import ProviderKit
import TodoStore

extension UserTransaction {
    /// Begins a turn with the user's message, in the given conversation or a new one.
    func newTurn(of request: TurnRequest) throws -> Turn {
        let conversation: Int
        if let id = request.conversation {
            guard try self.conversation(id) != nil else { throw TurnError.conversationNotFound }
            conversation = id
        } else {
            conversation = try createConversation(title: ConversationTitle.make(from: request.message)).id
        }
        let turn = try beginTurn(
            conversation: conversation, userMessage: request.message, idempotencyKey: request.idempotency?.key)
        if let claim = request.idempotency {
            try claimIdempotency(claim.key, requestHash: claim.requestHash, turn: turn.id)
        }
        return turn
    }

    /// The interrupted turn of an earlier request with the same idempotency key; nil for a new request.
    /// - Throws: `TurnError.replay` for a request that was answered, `.idempotencyMismatch`, `.idempotencyConflict`.
    func resumedTurn(of request: TurnRequest) throws -> Turn? {
        guard let claim = request.idempotency, let record = try idempotency(claim.key) else { return nil }
        guard record.requestHash == claim.requestHash else { throw TurnError.idempotencyMismatch }
        switch record.state {
        case .running: throw TurnError.idempotencyConflict
        case .abandoned: throw TurnError.abandoned
        case .done: throw TurnError.replay(try outcome(of: record))
        case .interrupted:
            guard let id = record.turnID, try turn(id)?.status == .interrupted else {
                // Its conversation was deleted, so the turn cannot be resumed.
                try releaseIdempotency(claim.key)
                return nil
            }
            try resumeIdempotency(claim.key)
            return try resumeTurn(id)
        }
    }

    /// The outcome as it was stored, or, where it was too large to be stored twice, assembled from the turn.
    private func outcome(of record: IdempotencyRecord) throws -> TurnOutcome {
        if let body = record.body { return try TurnOutcome(stored: try StoredJSON.parse(body)) }
        guard let id = record.turnID, let message = try answer(turn: id) else { throw TurnError.conversationNotFound }
        return TurnOutcome(
            id: TurnID(conversation: message.conversationID, turn: id), response: message.content,
            toolCalls: message.toolCalls, provider: message.provider ?? "", model: message.model ?? "",
            usage: message.usage.map(TokenUsage.init))
    }
}
