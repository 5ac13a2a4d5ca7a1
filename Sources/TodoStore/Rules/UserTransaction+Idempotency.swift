import Time

extension UserTransaction {
    /// Claims a key for a request that begins now; throws `keyTaken` when it is in use. Deletes expired keys.
    package func claimIdempotency(_ key: String, requestHash: [UInt8], turn: Int? = nil) throws {
        try rows.deleteKeys(claimedUntil: expiry)
        guard try rows.insertKey(key, requestHash: requestHash, turn: turn, at: now) else { throw StoreError.keyTaken }
    }

    /// Stores the answer for repetitions of the request: without its body if that could not be read again, or would
    /// exceed the user's quota.
    package func finishIdempotency(_ key: String, status: Int? = nil, body: String?) throws {
        let kept = try body.flatMap { try StoredJSON.isReadable($0) && hasRoom(forAnswer: $0) ? $0 : nil }
        try rows.setKey(key, .done, status: status, body: kept)
    }

    private func hasRoom(forAnswer body: String) throws -> Bool {
        // The answer about one task fits into the reserve that changes have.
        try body.utf8.count <= 64 << 10 || rows.usedBytes() + body.utf8.count <= limits.bytes
    }

    // A key that has expired meanwhile is ignored.

    /// The request ended without an answer that counts; its repetition may resume it.
    package func interruptIdempotency(_ key: String) throws {
        try rows.setKey(key, .interrupted, status: nil, body: nil)
    }

    /// The request runs again, after it was interrupted.
    package func resumeIdempotency(_ key: String) throws { try rows.setKey(key, .running, status: nil, body: nil) }

    /// Frees a key for which nothing was stored.
    package func releaseIdempotency(_ key: String) throws { try rows.deleteKey(key) }
}
