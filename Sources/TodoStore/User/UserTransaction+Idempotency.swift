import Foundation
import GRDB

extension UserTransaction {
    /// Takes a key for a request that begins now; throws `keyTaken` when one has it. Expired keys are forgotten on the way.
    package func claimIdempotency(_ key: String, requestHash: [UInt8], turn: Int? = nil) throws {
        try database.cachedStatement(sql: "DELETE FROM idempotency WHERE created_at <= ?")
            .execute(arguments: [expiry])
        try database.cachedStatement(
            sql: """
                INSERT INTO idempotency (key, request_hash, state, process, turn_id, created_at)
                VALUES (?, ?, 'running', ?, ?, ?) ON CONFLICT DO NOTHING
                """
        ).execute(arguments: [key, Data(requestHash), process, turn, now.milliseconds])
        guard database.changesCount == 1 else { throw StoreError.keyTaken }
    }

    /// Stores the answer that every repetition of the request gets: without its body where that could not be read again,
    /// or would not fit into what the user may store.
    package func finishIdempotency(_ key: String, status: Int, body: String?) throws {
        let kept = try body.flatMap { try StoredJSON.isReadable($0) && hasRoom(forAnswer: $0) ? $0 : nil }
        try setIdempotency(key, .done, status: status, body: kept)
    }

    private func hasRoom(forAnswer body: String) throws -> Bool {
        // The answer about one task fits into the reserve that changes have.
        try body.utf8.count <= 64 << 10 || usedBytes() + body.utf8.count <= limits.bytes
    }

    /// The request ended without an answer that counts; its repetition may resume it.
    package func interruptIdempotency(_ key: String) throws { try setIdempotency(key, .interrupted) }

    /// The request runs again, after it was interrupted.
    package func resumeIdempotency(_ key: String) throws { try setIdempotency(key, .running) }

    /// Frees a key: nothing was stored for it.
    package func releaseIdempotency(_ key: String) throws {
        try database.cachedStatement(sql: "DELETE FROM idempotency WHERE key = ?").execute(arguments: [key])
    }

    /// A key that has expired meanwhile is no error: nobody will ask for it.
    private func setIdempotency(
        _ key: String, _ state: IdempotencyState, status: Int? = nil, body: String? = nil
    ) throws {
        try database.cachedStatement(
            sql: "UPDATE idempotency SET state = ?, process = ?, status = ?, body = ? WHERE key = ?"
        ).execute(arguments: [state.rawValue, process, status, body, key])
    }
}
