import GRDB
import TodoStore

/// Integrity checks of a database.
enum Integrity {
    /// Returns the first problems in SQLite's words, which name tables and pages but no values.
    static func problems(_ database: Database) throws -> [String] {
        let pages = try String.fetchAll(database, sql: "PRAGMA integrity_check(5)").filter { $0 != "ok" }
        let orphans = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").count
        return pages + (orphans == 0 ? [] : ["\(orphans) rows refer to missing rows"])
    }

    /// Returns the number of messages whose conversation is not that of their turn.
    static func strayMessages(_ database: Database) throws -> Int {
        try Int.fetchOne(
            database,
            sql: """
                SELECT count(*) FROM message JOIN turn ON turn.id = message.turn_id
                WHERE turn.conversation_id <> message.conversation_id
                """) ?? 0
    }
}
