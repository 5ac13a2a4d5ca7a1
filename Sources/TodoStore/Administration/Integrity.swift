import GRDB

/// Whether a database is what SQLite thinks it is.
enum Integrity {
    /// The first few things that are wrong, in SQLite's words; they name tables and pages, no values.
    static func problems(_ database: Database) throws -> [String] {
        let pages = try String.fetchAll(database, sql: "PRAGMA integrity_check(5)").filter { $0 != "ok" }
        let orphans = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").count
        return pages + (orphans == 0 ? [] : ["\(orphans) rows refer to rows that are missing"])
    }

    /// How many messages are in another conversation than their turn.
    static func strayMessages(_ database: Database) throws -> Int {
        try Int.fetchOne(
            database,
            sql: """
                SELECT count(*) FROM message JOIN turn ON turn.id = message.turn_id
                WHERE turn.conversation_id <> message.conversation_id
                """) ?? 0
    }
}
