import GRDB

extension Schema {
    /// Whether a database has the tables and indexes of a user's at `version`, and nothing else.
    ///
    /// A file from outside may hold a trigger, or a table that takes what ours refuses.
    static func isUser(_ database: Database, at version: Int) throws -> Bool {
        guard (1...user.version).contains(version) else { return false }
        return try objects(of: database) == ofUsers.get()[version - 1]
    }

    /// What the migrations up to `version` make of an empty database.
    func objects(at version: Int) throws -> [[DatabaseValue]] {
        try DatabaseQueue().inDatabase { database in
            for migration in migrations[..<version] { try database.execute(sql: migration) }
            return try Self.objects(of: database)
        }
    }

    /// Those of users' files by version, made once: a backup of ten thousand of them asks ten thousand times.
    private static let ofUsers = Result { try (1...Schema.user.version).map { try Schema.user.objects(at: $0) } }

    /// Type, name, table and SQL of each. Whatever stands there: nothing is taken for granted of a strange file.
    private static func objects(of database: Database) throws -> [[DatabaseValue]] {
        try Row.fetchAll(database, sql: "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name")
            .map { Array($0.databaseValues) }
    }
}
