import GRDB

extension Schema {
    /// Whether a database has the tables and indexes that the migrations up to `version` make, and nothing else.
    ///
    /// A file from outside may hold a trigger, or a table that takes what ours refuses.
    func describes(_ database: Database, at version: Int) throws -> Bool {
        guard (1...self.version).contains(version) else { return false }
        return try Set(Self.objects(of: database)) == Set(objects(at: version))
    }

    /// What the migrations up to `version` make of an empty database.
    func objects(at version: Int) throws -> [[DatabaseValue]] {
        try DatabaseQueue().inDatabase { database in
            for migration in migrations[..<version] { try database.execute(sql: migration) }
            return try Self.objects(of: database)
        }
    }

    /// Type, name, table and SQL of each. Whatever stands there: nothing is taken for granted of a strange file.
    private static func objects(of database: Database) throws -> [[DatabaseValue]] {
        try Row.fetchAll(database, sql: "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name")
            .map { Array($0.databaseValues) }
    }
}
