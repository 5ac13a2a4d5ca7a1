import GRDB
import TodoStore

/// The rule for rows of one table that come from a file from outside.
struct TableRule: Sendable {
    /// The values of a row by column.
    typealias Values = [String: DatabaseValue]

    let name: String
    let columns: [String: ColumnRule]
    /// Checks a row as a whole, sets derived values, and returns whether it is kept.
    ///
    /// - Throws: `StoreError.corrupt`, `UserImport.Refusal.badTask`.
    let adjust: @Sendable (inout Values) throws -> Bool

    init(
        _ name: String, _ columns: [String: ColumnRule],
        adjust: @escaping @Sendable (inout Values) throws -> Bool = { _ in true }
    ) {
        self.name = name
        self.columns = columns
        self.adjust = adjust
    }

    /// Returns the row to store; nil for one that is omitted.
    func checked(_ values: Values) throws -> Values? {
        for (column, value) in values {
            guard let rule = columns[column], rule.allows(value) else { throw StoreError.corrupt }
        }
        var values = values
        return try adjust(&values) ? values : nil
    }
}

extension [String: DatabaseValue] {
    /// Returns an integer; nil for NULL.
    func integer(_ column: String) -> Int? { self[column].flatMap { Int.fromDatabaseValue($0) } }

    /// Returns a text; nil for NULL.
    func text(_ column: String) -> String? { self[column].flatMap { String.fromDatabaseValue($0) } }
}
