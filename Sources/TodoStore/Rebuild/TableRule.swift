import GRDB

/// What a row of one table of a user's database must be to be taken from a file that comes from outside.
struct TableRule: Sendable {
    /// The values of a row by their columns.
    typealias Values = [String: DatabaseValue]

    let name: String
    let columns: [String: ColumnRule]
    /// Looks at a row as a whole, sets what follows from the rest, and says whether it is kept.
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

    /// The row as it is to be stored; nil for one that is left out.
    func checked(_ values: Values) throws -> Values? {
        for (column, value) in values {
            guard let rule = columns[column], rule.allows(value) else { throw StoreError.corrupt }
        }
        var values = values
        return try adjust(&values) ? values : nil
    }
}

extension [String: DatabaseValue] {
    /// Nil for NULL.
    func integer(_ column: String) -> Int? { self[column].flatMap { Int.fromDatabaseValue($0) } }

    /// Nil for NULL.
    func text(_ column: String) -> String? { self[column].flatMap { String.fromDatabaseValue($0) } }
}
