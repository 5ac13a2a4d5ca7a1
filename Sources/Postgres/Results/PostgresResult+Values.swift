extension PostgresResult {
    /// Returns an int8, int4 or int2.
    package func int(_ row: Int, _ column: Int) throws(PostgresError) -> Int {
        try value(row, column, "integer", PostgresValue.int)
    }

    package func intIfAny(_ row: Int, _ column: Int) throws(PostgresError) -> Int? {
        try valueIfAny(row, column, "integer", PostgresValue.int)
    }

    /// Returns a float8 or float4.
    package func double(_ row: Int, _ column: Int) throws(PostgresError) -> Double {
        try value(row, column, "float", PostgresValue.double)
    }

    package func doubleIfAny(_ row: Int, _ column: Int) throws(PostgresError) -> Double? {
        try valueIfAny(row, column, "float", PostgresValue.double)
    }

    package func bool(_ row: Int, _ column: Int) throws(PostgresError) -> Bool {
        try value(row, column, "boolean", PostgresValue.bool)
    }

    package func boolIfAny(_ row: Int, _ column: Int) throws(PostgresError) -> Bool? {
        try valueIfAny(row, column, "boolean", PostgresValue.bool)
    }

    /// Returns a text, varchar or name.
    package func text(_ row: Int, _ column: Int) throws(PostgresError) -> String {
        try value(row, column, "text in UTF-8", PostgresValue.text)
    }

    package func textIfAny(_ row: Int, _ column: Int) throws(PostgresError) -> String? {
        try valueIfAny(row, column, "text in UTF-8", PostgresValue.text)
    }

    /// Returns a bytea.
    package func bytes(_ row: Int, _ column: Int) throws(PostgresError) -> [UInt8] {
        try value(row, column, "bytea", PostgresValue.bytes)
    }

    package func bytesIfAny(_ row: Int, _ column: Int) throws(PostgresError) -> [UInt8]? {
        try valueIfAny(row, column, "bytea", PostgresValue.bytes)
    }

    package func uuid(_ row: Int, _ column: Int) throws(PostgresError) -> UUIDBytes {
        try value(row, column, "UUID", PostgresValue.uuid)
    }

    package func uuidIfAny(_ row: Int, _ column: Int) throws(PostgresError) -> UUIDBytes? {
        try valueIfAny(row, column, "UUID", PostgresValue.uuid)
    }

    /// Returns a text[] without NULL.
    package func texts(_ row: Int, _ column: Int) throws(PostgresError) -> [String] {
        try value(row, column, "text[] without NULL", PostgresValue.texts)
    }

    /// Returns an int8[] without NULL.
    package func ints(_ row: Int, _ column: Int) throws(PostgresError) -> [Int] {
        try value(row, column, "int8[] without NULL", PostgresValue.ints)
    }

    /// Returns whether a value is NULL.
    package func isNull(_ row: Int, _ column: Int) throws(PostgresError) -> Bool {
        try bytes(row: row, column: column) == nil
    }

    /// Returns the bytes of a text, without a copy: valid as long as the result is. The server has checked that they are
    /// UTF-8. nil for NULL.
    package func utf8(_ row: Int, _ column: Int) throws(PostgresError) -> UnsafeRawBufferPointer? {
        try valueIfAny(row, column, "text") { bytes, type in PostgresValue.isText(type) ? bytes : nil }
    }
}
