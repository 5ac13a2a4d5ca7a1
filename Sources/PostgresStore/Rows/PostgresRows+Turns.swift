import Identity
import Postgres
import Time
import TodoStore

extension PostgresRows {
    func turn(_ id: Int) throws -> Turn? {
        var arguments = arguments
        arguments.append(id)
        return try ask(.turn, arguments).first.map(Self.turn)
    }

    func turns(
        conversation: Int, excluding excluded: Int?, limit: Int, _ body: (Turn, _ bytes: Int) throws -> Bool
    ) throws {
        // The turns of a new conversation are still running.
        if known.newConversations.contains(conversation), known.newTurns.isSubset(of: known.openTurns.keys) { return }
        var arguments = arguments
        arguments.append(conversation)
        arguments.append(excluded)
        arguments.append(limit)
        for row in try ask(.turns, arguments).rows {
            // A turn that cannot be read is missing in the history, and takes no other with it.
            guard let turn = try? Self.turn(row) else { continue }
            guard try body(turn, row.int(9)) else { return }
        }
    }

    private static func turn(_ row: ResultRow) throws -> Turn {
        guard let status = Turn.Status(rawValue: try row.text(2)) else { throw StoreError.corrupt }
        return Turn(
            id: try row.int(0), conversationID: try row.int(1), status: status, startedAt: try row.time(3),
            endedAt: try row.timeIfAny(4), idempotencyKey: try row.textIfAny(5), userMessage: try row.text(8),
            errorCode: try row.textIfAny(6), attempt: try row.int(7))
    }

    func steps(turns: [Int]) throws -> [Int: [String]] {
        // A new turn has none.
        guard !turns.allSatisfy({ known.newTurns.contains($0) && known.openTurns[$0]?.lastPosition == 0 }) else {
            return [:]
        }
        var arguments = arguments
        arguments.append(turns)
        let result: PostgresResult
        if turns.count > 1 {
            // A history asks for the answers next.
            let results = try ask((.steps, arguments), (.answers, arguments))
            result = results[0]
            known.answers = (turns, Self.messages(results[1]))
        } else {
            result = try ask(.steps, arguments)
        }
        var steps: [Int: [String]] = [:]
        for row in result.rows { try steps[row.int(0), default: []].append(row.text(1)) }
        return steps
    }

    func toolStep(turn: Int, callIndex: Int) throws -> String? {
        var arguments = arguments
        arguments.append(turn)
        arguments.append(callIndex)
        return try ask(.toolStep, arguments).first?.text(0)
    }

    func insertTurn(conversation: Int, idempotencyKey: String?, at now: Timestamp) throws -> Int {
        try load()
        let id = account.lastTurn + 1
        var arguments = arguments
        arguments.append(id)
        arguments.append(conversation)
        arguments.append(context.node)
        arguments.append(now.milliseconds)
        arguments.append(idempotencyKey)
        try change(.insertTurn, arguments)
        try insertRunning(id)
        account.lastTurn = id
        addedBytes += RowSize.turn
        known.newTurns.insert(id)
        known.openTurns[id] = KnownRows.OpenTurn(attempt: 1, lastPosition: 0, answeredCalls: [])
        return id
    }

    private func insertRunning(_ turn: Int) throws {
        var arguments = arguments
        arguments.append(turn)
        arguments.append(context.node)
        arguments.append(context.tenant?.rawValue)
        try change(.insertRunning, arguments)
        runnersChanged = true
    }

    func deleteRunning(_ turn: Int) throws {
        var arguments = arguments
        arguments.append(turn)
        try change(.deleteRunning, arguments)
        runnersChanged = true
    }

    func resumeTurn(_ id: Int) throws -> Bool {
        var arguments = arguments
        arguments.append(id)
        arguments.append(context.node)
        guard try changeNow(.resumeTurn, arguments).changedRows == 1 else { return false }
        known.openTurns[id] = nil
        try insertRunning(id)
        return true
    }

    func appendStep(_ claim: Turn.Claim, callIndex: Int?, _ text: String) throws -> Bool {
        guard var turn = try openTurn(claim) else { return false }
        if let callIndex, !turn.answeredCalls.insert(callIndex).inserted { return false }
        turn.lastPosition += 1
        let size = RowSize.step(text)
        var arguments = arguments
        arguments.append(claim.turn)
        arguments.append(turn.lastPosition)
        arguments.append(callIndex)
        arguments.append(text)
        arguments.append(size)
        try change(.insertStep, arguments)
        addedBytes += size
        known.openTurns[claim.turn] = turn
        return true
    }

    /// The turn as this transaction knows it; nil unless it runs, at this node and in the attempt of the claim.
    private func openTurn(_ claim: Turn.Claim) throws -> KnownRows.OpenTurn? {
        if let turn = known.openTurns[claim.turn] { return turn.attempt == claim.attempt ? turn : nil }
        guard let row = try ask(.openTurn, fence(claim)).first else { return nil }
        return KnownRows.OpenTurn(
            attempt: claim.attempt, lastPosition: try row.int(0),
            answeredCalls: Set(try row.texts(1).compactMap { Int($0) }))
    }

    func endTurn(_ claim: Turn.Claim, _ status: Turn.Status, errorCode: String?, at now: Timestamp) throws -> Int? {
        var arguments = fence(claim)
        arguments.append(status.rawValue)
        arguments.append(now.milliseconds)
        arguments.append(errorCode)
        guard let row = try changeNow(.endTurn, arguments).first else { return nil }
        let conversation = try row.int(0)
        known.conversations.insert(conversation)
        known.openTurns[claim.turn] = nil
        if try !row.bool(1) { known.unanswered.insert(claim.turn) }
        try deleteRunning(claim.turn)
        return conversation
    }

    /// The account, the turn, and what only its owner has: the node and the attempt.
    private func fence(_ claim: Turn.Claim) -> Arguments {
        var arguments = arguments
        arguments.append(claim.turn)
        arguments.append(context.node)
        arguments.append(claim.attempt)
        return arguments
    }
}
