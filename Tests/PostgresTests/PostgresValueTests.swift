import Testing

@testable import Postgres

struct PostgresValueTests {
    private func read<Value>(
        _ bytes: [UInt8], as type: UInt32, _ read: (UnsafeRawBufferPointer, UInt32) -> Value?
    ) -> Value? {
        bytes.withUnsafeBytes { read($0, type) }
    }

    @Test func integersOfEachWidthAreRead() {
        #expect(read([255, 255, 255, 255, 255, 255, 255, 254], as: TypeID.int8, PostgresValue.int) == -2)
        #expect(read([128, 0, 0, 0, 0, 0, 0, 0], as: TypeID.int8, PostgresValue.int) == .min)
        #expect(read([255, 255, 255, 254], as: TypeID.int4, PostgresValue.int) == -2)
        #expect(read([1, 0], as: TypeID.int2, PostgresValue.int) == 256)
    }

    @Test(arguments: [TypeID.int8, TypeID.int4, TypeID.int2, TypeID.float8, TypeID.float4, TypeID.uuid, TypeID.bool, 0])
    func aValueOfAnotherLengthIsNone(type: UInt32) {
        for count in [0, 3, 5, 7, 9, 15, 17] {
            let bytes = [UInt8](repeating: 1, count: count)
            #expect(read(bytes, as: type, PostgresValue.int) == nil)
            #expect(read(bytes, as: type, PostgresValue.double) == nil)
            #expect(read(bytes, as: type, PostgresValue.bool) == nil)
            #expect(read(bytes, as: type, PostgresValue.uuid) == nil)
        }
    }

    @Test func aValueOfAnotherTypeIsNone() {
        let bytes: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 1]
        #expect(read(bytes, as: TypeID.text, PostgresValue.int) == nil)
        #expect(read(bytes, as: TypeID.int8, PostgresValue.text) == nil)
        #expect(read(bytes, as: TypeID.int8, PostgresValue.bytes) == nil)
        #expect(read(bytes, as: TypeID.int8, PostgresValue.double) == nil)
        #expect(read([2], as: TypeID.bool, PostgresValue.bool) == nil)
    }

    @Test func textMustBeUTF8() {
        #expect(read([0xC3, 0xA4], as: TypeID.text, PostgresValue.text) == "ä")
        #expect(read([0xC3], as: TypeID.text, PostgresValue.text) == nil)
        #expect(read([0xED, 0xA0, 0x80], as: TypeID.text, PostgresValue.text) == nil)
        #expect(read([], as: TypeID.text, PostgresValue.text) == "")
    }

    @Test func arraysAreReadAsTheyAreWritten() {
        var arguments = Arguments()
        arguments.append(["a", "", "ä"])
        #expect(read(arguments.bytes, as: TypeID.textArray, PostgresValue.texts) == ["a", "", "ä"])
        arguments = Arguments()
        arguments.append([.min, 0, .max])
        #expect(read(arguments.bytes, as: TypeID.int8Array, PostgresValue.ints) == [.min, 0, .max])
        arguments = Arguments()
        arguments.append([String]())
        #expect(read(arguments.bytes, as: TypeID.textArray, PostgresValue.texts) == [])
    }

    /// Each cut, and each byte replaced, is either no array or one that fits in its bytes.
    @Test func noDamagedArrayIsTrusted() {
        var arguments = Arguments()
        arguments.append(["abc", "", "d"])
        for end in arguments.bytes.indices {
            #expect(read(Array(arguments.bytes[..<end]), as: TypeID.textArray, PostgresValue.texts) == nil)
        }
        #expect(read(arguments.bytes + [0], as: TypeID.textArray, PostgresValue.texts) == nil)
        for position in arguments.bytes.indices {
            for byte: UInt8 in [0, 1, 2, 127, 128, 255] {
                var bytes = arguments.bytes
                bytes[position] = byte
                let texts = read(bytes, as: TypeID.textArray, PostgresValue.texts)
                #expect((texts ?? []).joined().utf8.count <= bytes.count)
            }
        }
    }

    @Test func anArrayWithNULLIsNone() {
        let null: [UInt8] = [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 25, 0, 0, 0, 1, 0, 0, 0, 1, 255, 255, 255, 255]
        #expect(read(null, as: TypeID.textArray, PostgresValue.texts) == nil)
    }

    @Test func aUUIDIsWrittenAsUsual() throws {
        let uuid = try #require(UUIDBytes((0..<16).map { UInt8($0) * 17 }))
        #expect(uuid.description == "00112233-4455-6677-8899-aabbccddeeff")
        #expect(UUIDBytes(uuid.bytes) == uuid)
        #expect(UUIDBytes([UInt8](repeating: 0, count: 15)) == nil)
        #expect(read(uuid.bytes, as: TypeID.uuid, PostgresValue.uuid) == uuid)
    }
}
