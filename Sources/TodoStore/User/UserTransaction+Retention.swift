import GRDB

extension UserTransaction {
    /// Before it, nothing is kept.
    private var cutoff: Int { now.milliseconds - limits.retentionSeconds * 1000 }

    /// Forgets all that is older than the tenant keeps; whether there was something.
    func forgetOld() throws -> Bool {
        let hasForgotten = try forgetOldConversations()
        try database.cachedStatement(sql: "DELETE FROM change WHERE at < ?").execute(arguments: [cutoff])
        return database.changesCount > 0 || hasForgotten
    }

    /// Conversations in which nothing was said for that long go with their messages, but none that is going on.
    @discardableResult
    func forgetOldConversations() throws -> Bool {
        let oldest = try Int.fetchOne(database.cachedStatement(sql: "SELECT min(updated_at) FROM conversation"))
        guard let oldest, oldest < cutoff else { return false }
        try database.cachedStatement(
            sql: """
                DELETE FROM conversation WHERE updated_at < ? AND NOT EXISTS (
                    SELECT 1 FROM turn WHERE turn.conversation_id = conversation.id AND turn.status = 'running')
                """
        ).execute(arguments: [cutoff])
        counts.conversations = nil
        counts.messages = nil
        return database.changesCount > 0
    }

    /// Refuses what makes the user's data grow when it is as large as it may be.
    ///
    /// Changing and deleting go on, in the reserve that `OpenDatabase` leaves: their journal needs room as well.
    func requireRoom() throws {
        let pages = try Int.fetchOne(database.cachedStatement(sql: "PRAGMA page_count")) ?? 0
        // Who imports a file decides on the size of its pages.
        let pageSize = try Int.fetchOne(database.cachedStatement(sql: "PRAGMA page_size")) ?? 4096
        guard pages * pageSize >= limits.bytes else { return }
        guard try usedBytes() < limits.bytes else { throw StoreError.quotaExceeded(.bytes) }
    }

    /// Bytes of the user's data, without the pages that are free.
    func usedBytes() throws -> Int {
        let counts = try ["page_count", "freelist_count", "page_size"].map {
            try Int.fetchOne(database.cachedStatement(sql: "PRAGMA \($0)")) ?? 0
        }
        return (counts[0] - counts[1]) * counts[2]
    }

    /// A question and its answer must both have their place.
    func requireRoomForTurn() throws {
        try requireRoom()
        let count =
            try counts.messages
            ?? Int.fetchOne(database.cachedStatement(sql: "SELECT count(*) FROM message")) ?? 0
        guard count + 2 <= limits.messages else { throw StoreError.quotaExceeded(.messages) }
        counts.messages = count + 1
    }
}
