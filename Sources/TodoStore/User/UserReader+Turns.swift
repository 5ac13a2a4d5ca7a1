import Foundation
import GRDB

extension UserReader {
    package func turn(_ id: Int) throws -> Turn? {
        try Row.fetchOne(
            database.cachedStatement(sql: Self.turnSelect + " WHERE turn.id = ?"), arguments: [id]
        ).map(Self.turn)
    }

    package func steps(turn: Int) throws -> [TurnStep] { try StepStore.steps(database, turn: turn) }

    /// The stored answer of a call of a turn: one that has it must not run again.
    package func toolStep(turn: Int, callIndex: Int) throws -> TurnStep? {
        try StepStore.tool(database, turn: turn, callIndex: callIndex)
    }

    /// The last whole turns of a conversation, oldest first, without those that are running or abandoned and without
    /// `excluded`: as many as `turns` and `bytes` allow, the last one in any case.
    package func history(
        conversation: Int, turns: Int, bytes: Int = .max, excluding excluded: Int? = nil
    ) throws -> [HistoryTurn] {
        let last = try Row.fetchAll(
            database.cachedStatement(
                sql: Self.turnSelect + """
                     WHERE turn.conversation_id = ? AND turn.status <> 'running' AND turn.id IS NOT ?
                        AND turn.error_code IS NOT 'abandoned'
                    ORDER BY turn.id DESC LIMIT ?
                    """),
            arguments: [conversation, excluded, turns]
        ).map(Self.turn)
        var history: [HistoryTurn] = []
        var room = bytes
        for turn in last {
            room -= try size(of: turn)
            guard room >= 0 || history.isEmpty else { break }
            let answer = try answer(turn: turn.id)
            history.append(
                HistoryTurn(
                    turn: turn, steps: try steps(turn: turn.id), answer: answer?.content,
                    answerComplete: answer?.status == .complete))
        }
        return history.reversed()
    }

    /// Bytes of a turn's messages and steps, as they are stored.
    private func size(of turn: Turn) throws -> Int {
        try Int.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT (SELECT ifnull(sum(length(CAST(content AS BLOB))), 0) FROM message WHERE turn_id = ?1)
                        + (SELECT ifnull(sum(length(CAST(body AS BLOB))), 0) FROM step WHERE turn_id = ?1)
                    """),
            arguments: [turn.id]) ?? 0
    }

    /// The assistant's message of a turn, if it has one yet.
    package func answer(turn: Int) throws -> StoredMessage? {
        var message = try Row.fetchOne(
            database.cachedStatement(
                sql: "SELECT \(Self.messageColumns) FROM message WHERE turn_id = ? AND role = 'assistant'"),
            arguments: [turn]
        ).map(Self.message)
        if message != nil { message?.toolCalls = try toolCalls(turn: turn) }
        return message
    }

    /// Nil for a key that is unknown or has expired.
    package func idempotency(_ key: String) throws -> IdempotencyRecord? {
        try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT state, request_hash, turn_id, status, body, created_at FROM idempotency
                    WHERE key = ? AND created_at > ?
                    """),
            arguments: [key, expiry]
        ).map { row in
            let status: Int? = try row.value("status")
            guard let state = IdempotencyState(rawValue: try row.value("state")),
                status.map((200...599).contains) ?? true
            else { throw StoreError.corrupt }
            return try IdempotencyRecord(
                state: state, requestHash: Array(row.value("request_hash") as Data), turnID: row.value("turn_id"),
                status: status, body: row.value("body"), createdAt: Timestamp(milliseconds: row.value("created_at")))
        }
    }

    /// Keys from before it are forgotten.
    var expiry: Int { now.milliseconds - IdempotencyRecord.lifetimeSeconds * 1000 }

    private static let turnSelect = """
        SELECT turn.id, turn.conversation_id, turn.status, turn.started_at, turn.ended_at, turn.idempotency_key,
        turn.error_code, message.content FROM turn JOIN message ON message.turn_id = turn.id AND message.role = 'user'
        """

    private static func turn(_ row: Row) throws -> Turn {
        guard let status = TurnStatus(rawValue: try row.value("status")) else { throw StoreError.corrupt }
        return try Turn(
            id: row.value("id"), conversationID: row.value("conversation_id"), status: status,
            startedAt: Timestamp(milliseconds: row.value("started_at")),
            endedAt: (row.value("ended_at") as Int?).map { Timestamp(milliseconds: $0) },
            idempotencyKey: row.value("idempotency_key"), userMessage: row.value("content"),
            errorCode: row.value("error_code"))
    }
}
