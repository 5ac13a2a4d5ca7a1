import CPostgres

/// The result of one statement. A value is read by its row and column, both from 0, as the type that it has.
package struct PostgresResult {
    let memory: ResultMemory
    package let rowCount: Int
    /// The type of each column.
    let types: [UInt32]

    init(_ memory: ResultMemory) {
        self.memory = memory
        let libpq = memory.libpq
        rowCount = Int(libpq.pointee.PQntuples(memory.pointer))
        types = (0..<libpq.pointee.PQnfields(memory.pointer)).map { column in
            // Text, the other format, has no type here: each reading of it fails.
            libpq.pointee.PQfformat(memory.pointer, column) == 1 ? libpq.pointee.PQftype(memory.pointer, column) : 0
        }
    }

    /// The number of rows that an INSERT, UPDATE or DELETE concerned, or that a SELECT returned.
    package var changedRows: Int {
        memory.libpq.pointee.PQcmdTuples(memory.pointer).flatMap { Int(String(cString: $0)) } ?? 0
    }

    /// Returns the bytes of a value, valid as long as the result; nil for NULL.
    func bytes(row: Int, column: Int) throws(PostgresError) -> UnsafeRawBufferPointer? {
        guard row >= 0, row < rowCount, column >= 0, column < types.count else {
            throw .unexpectedValue("there is no row \(row) with a column \(column)")
        }
        // Both fit, as they are less than counts that libpq gave as 32 bits.
        let (row, column) = (Int32(truncatingIfNeeded: row), Int32(truncatingIfNeeded: column))
        let libpq = memory.libpq
        let count = Int(libpq.pointee.PQgetlength(memory.pointer, row, column))
        if count == 0, libpq.pointee.PQgetisnull(memory.pointer, row, column) != 0 { return nil }
        guard let start = libpq.pointee.PQgetvalue(memory.pointer, row, column), count >= 0 else {
            throw .unexpectedValue("row \(row) has no value in column \(column)")
        }
        return UnsafeRawBufferPointer(start: start, count: count)
    }

    /// Returns a value as `read` makes it of its bytes and its type; nil for NULL.
    func valueIfAny<Value>(
        _ row: Int, _ column: Int, _ what: StaticString, _ read: (UnsafeRawBufferPointer, UInt32) -> Value?
    ) throws(PostgresError) -> Value? {
        guard let bytes = try bytes(row: row, column: column) else { return nil }
        guard let value = read(bytes, types[column]) else {
            throw .unexpectedValue("column \(column) of type \(types[column]) is no \(what)")
        }
        return value
    }

    /// Returns a value as `read` makes it of its bytes and its type.
    func value<Value>(
        _ row: Int, _ column: Int, _ what: StaticString, _ read: (UnsafeRawBufferPointer, UInt32) -> Value?
    ) throws(PostgresError) -> Value {
        guard let value = try valueIfAny(row, column, what, read) else {
            throw .unexpectedValue("column \(column) is NULL")
        }
        return value
    }
}
