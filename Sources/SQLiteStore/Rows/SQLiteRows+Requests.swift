import Foundation
import GRDB
import Time
import TodoStore

/// Idempotency keys and confirmations.
extension SQLiteRows {
    func key(_ key: String, claimedAfter end: Timestamp) throws -> IdempotencyRecord? {
        try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT state, request_hash, turn_id, status, body, created_at FROM idempotency
                    WHERE key = ? AND created_at > ?
                    """),
            arguments: [key, end.milliseconds]
        ).map { row in
            guard let state = IdempotencyRecord.State(rawValue: try row.value("state")) else {
                throw StoreError.corrupt
            }
            return try IdempotencyRecord(
                state: state, requestHash: Array(row.value("request_hash") as Data), turnID: row.value("turn_id"),
                status: row.value("status"), body: row.value("body"),
                createdAt: Timestamp(milliseconds: row.value("created_at")))
        }
    }

    func insertKey(_ key: String, requestHash: [UInt8], turn: Int?, at now: Timestamp) throws -> Bool {
        try database.cachedStatement(
            sql: """
                INSERT INTO idempotency (key, request_hash, state, process, turn_id, created_at)
                VALUES (?, ?, 'running', ?, ?, ?) ON CONFLICT DO NOTHING
                """
        ).execute(arguments: [key, Data(requestHash), owner, turn, now.milliseconds])
        return database.changesCount == 1
    }

    func setKey(_ key: String, _ state: IdempotencyRecord.State, status: Int?, body: String?) throws {
        try database.cachedStatement(
            sql: "UPDATE idempotency SET state = ?, process = ?, status = ?, body = ? WHERE key = ?"
        ).execute(arguments: [state.rawValue, owner, status, body, key])
    }

    func deleteKey(_ key: String) throws {
        try database.cachedStatement(sql: "DELETE FROM idempotency WHERE key = ?").execute(arguments: [key])
    }

    func deleteKeys(claimedUntil end: Timestamp) throws {
        try database.cachedStatement(sql: "DELETE FROM idempotency WHERE created_at <= ?")
            .execute(arguments: [end.milliseconds])
    }

    func confirmations(turn: Int) throws -> [String] {
        try String.fetchAll(
            database.cachedStatement(sql: "SELECT changes FROM confirmation WHERE turn_id = ? ORDER BY id"),
            arguments: [turn])
    }

    func askedTurn(before turn: Int, conversation: Int) throws -> Int? {
        try Int.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT turn_id FROM confirmation WHERE asked AND turn_id =
                        (SELECT max(id) FROM turn WHERE conversation_id = ? AND id < ?) LIMIT 1
                    """),
            arguments: [conversation, turn])
    }

    func insertConfirmation(turn: Int, _ text: String) throws -> Int {
        try database.cachedStatement(sql: "INSERT INTO confirmation (turn_id, changes) VALUES (?, ?)")
            .execute(arguments: [turn, text])
        return Int(database.lastInsertedRowID)
    }

    func setAsked(turn: Int) throws {
        try database.cachedStatement(sql: "UPDATE confirmation SET asked = 1 WHERE turn_id = ?")
            .execute(arguments: [turn])
    }
}
