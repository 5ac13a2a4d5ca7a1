import GRDB
import TodoStore

extension Row {
    /// Returns a value of a column. GRDB's subscripts trap for a value of another type, which a damaged file may
    /// contain.
    func value<Value: DatabaseValueConvertible & StatementColumnConvertible>(_ index: Int) throws -> Value {
        try decode(Value.self, atIndex: index)
    }

    /// The value of a column by its name.
    func value<Value: DatabaseValueConvertible & StatementColumnConvertible>(_ column: String) throws -> Value {
        try decode(Value.self, forColumn: column)
    }
}
