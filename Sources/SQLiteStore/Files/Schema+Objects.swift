import GRDB
import TodoStore

extension Schema {
    /// Returns whether a database has exactly the tables and indexes of a user's database at `version`.
    ///
    /// A file from outside may contain a trigger, or a table with weaker constraints.
    static func isUser(_ database: Database, at version: Int) throws -> Bool {
        guard (1...user.version).contains(version) else { return false }
        return try objects(of: database) == ofUsers.get()[version - 1]
    }

    /// The objects that the migrations up to `version` make in an empty database.
    func objects(at version: Int) throws -> [[DatabaseValue]] {
        try DatabaseQueue().inDatabase { database in
            for migration in migrations[..<version] { try database.execute(sql: migration) }
            return try Self.objects(of: database)
        }
    }

    /// The objects of users' files by version, computed once: a backup of ten thousand users needs them ten thousand
    /// times.
    private static let ofUsers = Result { try (1...Schema.user.version).map { try Schema.user.objects(at: $0) } }

    /// Returns the type, name, table and SQL of each object. No value is trusted, because the file may be from outside.
    private static func objects(of database: Database) throws -> [[DatabaseValue]] {
        try Row.fetchAll(database, sql: "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name")
            .map { Array($0.databaseValues) }
    }
}
