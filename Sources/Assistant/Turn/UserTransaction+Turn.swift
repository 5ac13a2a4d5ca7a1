import JSON
import TodoStore

extension UserTransaction {
    /// Begins a turn with the user's message, in the conversation that was asked for or in a new one.
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

    /// The turn of an earlier request with the same Idempotency-Key that was cut short; nil for a request that is new.
    /// - Throws: `TurnError.replay` for a request that was answered, `.idempotencyMismatch`, `.idempotencyConflict`.
    func resumedTurn(of request: TurnRequest) throws -> Turn? {
        guard let claim = request.idempotency, let record = try idempotency(claim.key) else { return nil }
        guard record.requestHash == claim.requestHash else { throw TurnError.idempotencyMismatch }
        switch record.state {
        case .running: throw TurnError.idempotencyConflict
        case .done:
            let body = try record.body.map { try JSONParser.parse($0) } ?? .null
            throw TurnError.replay(status: record.status ?? 200, body: body)
        case .interrupted:
            guard let id = record.turnID, try turn(id)?.status == .interrupted else {
                // Its conversation is gone: there is nothing to go on with.
                try releaseIdempotency(claim.key)
                return nil
            }
            try resumeIdempotency(claim.key)
            return try resumeTurn(id)
        }
    }
}
