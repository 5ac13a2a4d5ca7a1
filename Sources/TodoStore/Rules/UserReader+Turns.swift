import Time

extension UserReader {
    package func turn(_ id: Int) throws -> Turn? { try rows.turn(id) }

    package func steps(turn: Int) throws -> [TurnStep] { try steps(turns: [turn])[turn] ?? [] }

    /// The steps of each turn that has some, in their order.
    func steps(turns: [Int]) throws -> [Int: [TurnStep]] {
        guard !turns.isEmpty else { return [:] }
        return try rows.steps(turns: turns).mapValues { try $0.map(TurnStep.init(text:)) }
    }

    /// The steps of each turn that has some, without those of turns with an unreadable step: the others would no longer
    /// belong together, and the rest of the conversation is not affected.
    func readableSteps(turns: [Int]) throws -> [Int: [TurnStep]] {
        try possibleSteps(turns: turns).compactMapValues(\.self)
    }

    /// The steps of each turn that has some; nil for those of a turn with an unreadable step.
    private func possibleSteps(turns: [Int]) throws -> [Int: [TurnStep]?] {
        guard !turns.isEmpty else { return [:] }
        return try rows.steps(turns: turns).mapValues { texts in try? texts.map(TurnStep.init(text:)) }
    }

    /// The stored answer of a call of a turn: one that has it must not run again.
    package func toolStep(turn: Int, callIndex: Int) throws -> TurnStep? {
        try rows.toolStep(turn: turn, callIndex: callIndex).map(TurnStep.init(text:))
    }

    /// The last whole turns of a conversation, oldest first, without those that are running, abandoned or refused and
    /// without `excluded`: as many as `turns` and `bytes` allow, the last one in any case. Turns of which only the user's
    /// message is left do not take the place of others.
    package func history(
        conversation: Int, turns limit: Int, bytes: Int = .max, excluding excluded: Int? = nil
    ) throws -> [Turn.Exchange] {
        var turns: [Turn] = []
        var room = bytes
        var answered = 0
        try rows.turns(
            conversation: conversation, excluding: excluded, limit: limit + Self.mostUnanswered
        ) { turn, bytes in
            if bytes > turn.userMessage.utf8.count { answered += 1 }
            room -= bytes
            guard answered <= limit, room >= 0 || turns.isEmpty else { return false }
            turns.append(turn)
            return true
        }
        guard !turns.isEmpty else { return [] }
        let ids = turns.map(\.id)
        let steps = try possibleSteps(turns: ids)
        let answers = Dictionary(
            try rows.answers(turns: ids).map { ($0.turnID, $0) }, uniquingKeysWith: { first, _ in first })
        return turns.reversed().map { turn in
            Turn.Exchange(
                turn: turn, steps: (steps[turn.id] ?? []) ?? [], answer: answers[turn.id]?.content,
                answerComplete: answers[turn.id]?.status == .complete,
                isDamaged: steps[turn.id].map { $0 == nil } ?? false)
        }
    }

    /// The maximum number of messages without an answer in a history, in addition to the turns that were asked for.
    private static let mostUnanswered = 64

    /// The assistant's message of a turn, if it has one yet.
    package func answer(turn: Int) throws -> StoredMessage? {
        guard var message = try rows.answers(turns: [turn]).first else { return nil }
        message.toolCalls = try toolCalls(turn: turn)
        return message
    }

    /// Returns nil for a key that is unknown or has expired.
    package func idempotency(_ key: String) throws -> IdempotencyRecord? {
        guard let record = try rows.key(key, claimedAfter: expiry) else { return nil }
        guard record.status.map((200...599).contains) ?? true else { throw StoreError.corrupt }
        return record
    }

    /// Keys that were claimed then, or before, are forgotten.
    var expiry: Timestamp { now.adding(seconds: -IdempotencyRecord.lifetimeSeconds) }
}
