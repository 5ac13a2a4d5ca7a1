import CSQLite
import GRDB
import TodoStore

extension Database {
    /// Returns the first columns of all rows of several statements, in one call to SQLite instead of one GRDB statement
    /// each, because it runs whenever a database is opened.
    func values(_ sql: String) throws -> [String] {
        guard let connection = sqliteConnection else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
        var values: [String] = []
        let code = withUnsafeMutablePointer(to: &values) { values in
            sqlite3_exec(
                connection, sql,
                { values, _, columns, _ in
                    let text = columns?[0].map { String(cString: $0) } ?? ""
                    values?.assumingMemoryBound(to: [String].self).pointee.append(text)
                    return SQLITE_OK
                }, values, nil)
        }
        guard code == SQLITE_OK else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
                message: String(cString: sqlite3_errmsg(connection)))
        }
        return values
    }
}
