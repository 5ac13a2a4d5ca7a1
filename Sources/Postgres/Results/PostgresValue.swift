/// Reads values in PostgreSQL's binary format; nil for bytes that are no such value.
enum PostgresValue {
    static func int(_ bytes: UnsafeRawBufferPointer, type: UInt32) -> Int? {
        switch (type, bytes.count) {
        case (TypeID.int8, 8): Int(Int64(bigEndian: bytes.loadUnaligned(as: Int64.self)))
        case (TypeID.int4, 4): Int(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self)))
        case (TypeID.int2, 2): Int(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self)))
        default: nil
        }
    }

    static func double(_ bytes: UnsafeRawBufferPointer, type: UInt32) -> Double? {
        switch (type, bytes.count) {
        case (TypeID.float8, 8): Double(bitPattern: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)))
        case (TypeID.float4, 4): Double(Float(bitPattern: UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self))))
        default: nil
        }
    }

    static func bool(_ bytes: UnsafeRawBufferPointer, type: UInt32) -> Bool? {
        guard type == TypeID.bool, bytes.count == 1, bytes[0] <= 1 else { return nil }
        return bytes[0] == 1
    }

    static func uuid(_ bytes: UnsafeRawBufferPointer, type: UInt32) -> UUIDBytes? {
        guard type == TypeID.uuid, bytes.count == 16 else { return nil }
        return UUIDBytes(
            high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
            low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }

    static func bytes(_ bytes: UnsafeRawBufferPointer, type: UInt32) -> [UInt8]? {
        type == TypeID.bytea ? Array(bytes) : nil
    }

    /// Returns the text, which must be valid UTF-8.
    static func text(_ bytes: UnsafeRawBufferPointer, type: UInt32) -> String? {
        isText(type) ? String(validating: bytes, as: UTF8.self) : nil
    }

    static func texts(_ bytes: UnsafeRawBufferPointer, type: UInt32) -> [String]? {
        guard type == TypeID.textArray else { return nil }
        return PostgresArray.elements(of: bytes, type: TypeID.text) { text($0, type: TypeID.text) }
    }

    static func ints(_ bytes: UnsafeRawBufferPointer, type: UInt32) -> [Int]? {
        guard type == TypeID.int8Array else { return nil }
        return PostgresArray.elements(of: bytes, type: TypeID.int8) { int($0, type: TypeID.int8) }
    }

    static func isText(_ type: UInt32) -> Bool {
        type == TypeID.text || type == TypeID.varchar || type == TypeID.name
    }
}
