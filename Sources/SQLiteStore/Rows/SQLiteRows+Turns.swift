import GRDB
import Time
import TodoStore

extension SQLiteRows {
    func turn(_ id: Int) throws -> Turn? {
        try Row.fetchOne(
            database.cachedStatement(sql: "SELECT \(Self.turnColumns) FROM \(Self.turnTables) WHERE turn.id = ?"),
            arguments: [id]
        ).map(Self.turn)
    }

    func turns(
        conversation: Int, excluding excluded: Int?, limit: Int, _ body: (Turn, _ bytes: Int) throws -> Bool
    ) throws {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT \(Self.turnColumns), \(Self.stepBytes("turn.id")) + (
                        SELECT ifnull(sum(length(CAST(said.content AS BLOB))), 0) FROM message AS said
                        WHERE said.turn_id = turn.id) AS bytes
                    FROM \(Self.turnTables)
                    WHERE turn.conversation_id = ? AND turn.status <> 'running' AND turn.id IS NOT ?
                        AND ifnull(turn.error_code, '') NOT IN ('\(Turn.abandonedCode)', '\(Turn.refusedCode)')
                    ORDER BY turn.id DESC LIMIT ?
                    """),
            arguments: [conversation, excluded, limit])
        while let row = try rows.next() {
            // A turn that cannot be read is missing in the history, and takes no other with it.
            guard let turn = try? Self.turn(row) else { continue }
            guard try body(turn, row.value("bytes")) else { return }
        }
    }

    private static let turnColumns = """
        turn.id, turn.conversation_id, turn.status, turn.started_at, turn.ended_at, turn.idempotency_key,
        turn.error_code, turn.attempt, message.content
        """

    private static let turnTables = "turn JOIN message ON message.turn_id = turn.id AND message.role = 'user'"

    private static func turn(_ row: Row) throws -> Turn {
        guard let status = Turn.Status(rawValue: try row.value("status")) else { throw StoreError.corrupt }
        return try Turn(
            id: row.value("id"), conversationID: row.value("conversation_id"), status: status,
            startedAt: Timestamp(milliseconds: row.value("started_at")),
            endedAt: (row.value("ended_at") as Int?).map { Timestamp(milliseconds: $0) },
            idempotencyKey: row.value("idempotency_key"), userMessage: row.value("content"),
            errorCode: row.value("error_code"), attempt: row.value("attempt"))
    }

    func steps(turns: [Int]) throws -> [Int: [String]] {
        let list = IDList(turns)
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: "SELECT turn_id, body FROM step WHERE turn_id IN \(list.places) ORDER BY turn_id, position"),
            arguments: list.arguments)
        var steps: [Int: [String]] = [:]
        while let row = try rows.next() { try steps[row.value(0), default: []].append(row.value(1)) }
        return steps
    }

    func toolStep(turn: Int, callIndex: Int) throws -> String? {
        try String.fetchOne(
            database.cachedStatement(sql: "SELECT body FROM step WHERE turn_id = ? AND call_index = ?"),
            arguments: [turn, callIndex])
    }

    func insertTurn(conversation: Int, idempotencyKey: String?, at now: Timestamp) throws -> Int {
        try database.cachedStatement(
            sql: """
                INSERT INTO turn (conversation_id, status, process, started_at, idempotency_key)
                VALUES (?, 'running', ?, ?, ?)
                """
        ).execute(arguments: [conversation, owner, now.milliseconds, idempotencyKey])
        return Int(database.lastInsertedRowID)
    }

    func resumeTurn(_ id: Int) throws -> Bool {
        try database.cachedStatement(
            sql: """
                UPDATE turn SET status = 'running', process = ?, attempt = attempt + 1, ended_at = NULL, error_code = NULL
                WHERE id = ? AND status = 'interrupted'
                """
        ).execute(arguments: [owner, id])
        return database.changesCount == 1
    }

    func appendStep(_ claim: Turn.Claim, callIndex: Int?, _ text: String) throws -> Bool {
        try database.cachedStatement(
            sql: """
                INSERT INTO step (turn_id, position, call_index, body)
                SELECT id, 1 + (SELECT ifnull(max(position), 0) FROM step WHERE turn_id = ?1), ?2, ?3
                FROM turn WHERE id = ?1 AND status = 'running' AND process = ?4 AND attempt = ?5
                ON CONFLICT DO NOTHING
                """
        ).execute(arguments: [claim.turn, callIndex, text, owner, claim.attempt])
        return database.changesCount == 1
    }

    func endTurn(_ claim: Turn.Claim, _ status: Turn.Status, errorCode: String?, at now: Timestamp) throws -> Int? {
        try Int.fetchOne(
            database.cachedStatement(
                sql: """
                    UPDATE turn SET status = ?, ended_at = ?, error_code = ?
                    WHERE id = ? AND status = 'running' AND process = ? AND attempt = ?
                    RETURNING conversation_id
                    """),
            arguments: [status.rawValue, now.milliseconds, errorCode, claim.turn, owner, claim.attempt])
    }
}
