import Time

extension UserTransaction {
    /// The end of the time of which nothing is kept.
    var cutoff: Timestamp { now.adding(seconds: -limits.retentionSeconds) }

    /// Forgets all that is older than the tenant keeps.
    /// - Returns: whether there was something.
    package func forgetOld() throws -> Bool {
        let hadConversations = try forgetOldConversations()
        return try rows.deleteChanges(before: cutoff) || hadConversations
    }

    /// Deletes conversations in which nothing was said for that long, except those with a running turn.
    @discardableResult
    func forgetOldConversations() throws -> Bool {
        guard let oldest = try rows.oldestConversation(), oldest < cutoff else { return false }
        return try rows.deleteConversations(before: cutoff)
    }

    /// Refuses operations that add to the user's data when it is as large as it may be.
    ///
    /// Changing and deleting go on, in a reserve beyond the limit: their journal needs room as well.
    func requireRoom() throws {
        guard try !rows.isFull(limits.bytes) else { throw StoreError.quotaExceeded(.bytes) }
    }

    /// There must be room for both a question and its answer.
    func requireRoomForTurn() throws {
        try requireRoom()
        guard try rows.messageCount() + 2 <= limits.messages else { throw StoreError.quotaExceeded(.messages) }
    }
}
