import GRDB

/// Whose a database is, as it says itself.
struct FileOwner {
    let tenant: String
    let user: String

    /// Nil where no two texts stand. The file may be a strange one, and GRDB ends the process at a value of another type.
    init?(_ database: Database) throws {
        let row = try Row.fetchOne(database, sql: "SELECT tenant, user FROM owner")
        guard let values = row.map({ Array($0.databaseValues) }), values.count == 2,
            let tenant = String.fromDatabaseValue(values[0]), let user = String.fromDatabaseValue(values[1])
        else { return nil }
        self.tenant = tenant
        self.user = user
    }
}
