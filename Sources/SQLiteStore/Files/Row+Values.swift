import GRDB
import TodoStore

extension Row {
    /// Returns a value of a column. GRDB's subscripts trap for a value of another type, which a damaged file may
    /// contain.
    func value<Value: DatabaseValueConvertible & StatementColumnConvertible>(_ index: Int) throws -> Value {
        try decode(Value.self, atIndex: index)
    }

    /// Returns a value by the name of its column.
    func value<Value: DatabaseValueConvertible & StatementColumnConvertible>(_ column: String) throws -> Value {
        try decode(Value.self, forColumn: column)
    }
}
