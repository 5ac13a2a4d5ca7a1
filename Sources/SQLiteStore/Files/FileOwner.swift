import GRDB
import TodoStore

/// The owner of a database, as stored in it.
struct FileOwner {
    let tenant: String
    let user: String

    /// Returns nil unless there are two texts. The file may be from outside, and GRDB traps for a value of another
    /// type.
    init?(_ database: Database) throws {
        let row = try Row.fetchOne(database, sql: "SELECT tenant, user FROM owner")
        guard let values = row.map({ Array($0.databaseValues) }), values.count == 2,
            let tenant = String.fromDatabaseValue(values[0]), let user = String.fromDatabaseValue(values[1])
        else { return nil }
        self.tenant = tenant
        self.user = user
    }
}
