import Testing

@testable import Postgres

struct ValueRoundTripTests {
    @Test(arguments: [false, true])
    func everyTypeComesBack(usesPooler: Bool) async throws {
        try await PostgresFixture.with { fixture in
            let connection = try fixture.connect(usesPooler: usesPooler)
            let echo = Statement("echo", "SELECT $1, $2, $3, $4, $5, $6, $7, $8")
            let uuid = UUIDBytes(high: .max, low: 1)
            var arguments = Arguments()
            arguments.append(Int.min)
            arguments.append("'; DROP TABLE item; -- ä\u{1F600}\u{7F}\u{1}\u{FFFD}\\")
            arguments.append([UInt8](0...255))
            arguments.append(true)
            arguments.append(-0.1)
            arguments.append(uuid)
            arguments.append([.max, 0, -1])
            arguments.append(["", "NULL", "{\"a\",b}", "ä"])
            let result = try connection.run(echo, arguments)
            #expect(try result.int(0, 0) == .min)
            #expect(try result.text(0, 1) == "'; DROP TABLE item; -- ä\u{1F600}\u{7F}\u{1}\u{FFFD}\\")
            #expect(try result.utf8(0, 1).map { String(decoding: $0, as: UTF8.self) } == result.text(0, 1))
            #expect(try result.bytes(0, 2) == [UInt8](0...255))
            #expect(try result.bool(0, 3))
            #expect(try result.double(0, 4) == -0.1)
            #expect(try result.uuid(0, 5) == uuid)
            #expect(try result.ints(0, 6) == [.max, 0, -1])
            #expect(try result.texts(0, 7) == ["", "NULL", "{\"a\",b}", "ä"])
        }
    }

    @Test func nullAndEmptyDiffer() async throws {
        try await PostgresFixture.with { fixture in
            let connection = try fixture.connect()
            let echo = Statement("echo", "SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10")
            var arguments = Arguments()
            arguments.append(Int?.none)
            arguments.append(String?.none)
            arguments.append([UInt8]?.none)
            arguments.append(Bool?.none)
            arguments.append(Double?.none)
            arguments.append(UUIDBytes?.none)
            arguments.append("")
            arguments.append([UInt8]())
            arguments.append([Int]())
            arguments.append([String]())
            let result = try connection.run(echo, arguments)
            #expect(try result.intIfAny(0, 0) == nil)
            #expect(try result.textIfAny(0, 1) == nil)
            #expect(try result.utf8(0, 1) == nil)
            #expect(try result.bytesIfAny(0, 2) == nil)
            #expect(try result.boolIfAny(0, 3) == nil)
            #expect(try result.doubleIfAny(0, 4) == nil)
            #expect(try result.uuidIfAny(0, 5) == nil)
            #expect(try result.text(0, 6) == "")
            #expect(try result.isNull(0, 6) == false)
            #expect(try result.bytes(0, 7) == [])
            #expect(try result.ints(0, 8) == [])
            #expect(try result.texts(0, 9) == [])
            for column in 0..<6 {
                #expect(try result.isNull(0, column))
                #expect(throws: PostgresError.self) { try result.int(0, column) }
                #expect(throws: PostgresError.self) { try result.text(0, column) }
            }
        }
    }

    @Test func aPlaceOrATypeThatIsNotThereIsAnError() async throws {
        try await PostgresFixture.with { fixture in
            let connection = try fixture.connect()
            let result = try connection.run(.one)
            for (row, column) in [(-1, 0), (1, 0), (0, -1), (0, 1), (.max, 0), (0, .min)] {
                #expect(throws: PostgresError.self) { try result.int(row, column) }
            }
            #expect(throws: PostgresError.self) { try result.text(0, 0) }
            #expect(throws: PostgresError.self) { try result.texts(0, 0) }
            let narrow = try connection.run(Statement("narrow", "SELECT 7::int2, 8::int4, 1.5::float4, 'a'::varchar"))
            #expect(try narrow.int(0, 0) == 7)
            #expect(try narrow.int(0, 1) == 8)
            #expect(try narrow.double(0, 2) == 1.5)
            #expect(try narrow.text(0, 3) == "a")
            let arrays = try connection.run(Statement("arrays", "SELECT ARRAY['a', NULL], ARRAY[['a'], ['b']]"))
            #expect(throws: PostgresError.self) { try arrays.texts(0, 0) }
            #expect(throws: PostgresError.self) { try arrays.texts(0, 1) }
        }
    }

    @Test func aTextWithAZeroByteIsRefusedByTheServer() async throws {
        try await PostgresFixture.with { fixture in
            let connection = try fixture.connect()
            var arguments = Arguments()
            arguments.append("a\0b")
            #expect {
                try connection.run(Statement("echo", "SELECT $1"), arguments)
            } throws: { error in
                guard case PostgresError.rejected("22021", _) = error else { return false }
                return true
            }
            #expect(try connection.run(.one).int(0, 0) == 1)
        }
    }

    @Test func argumentsAndResultsHaveALimit() async throws {
        try await PostgresFixture.with { fixture in
            var configuration = fixture.configuration()
            configuration.resultLimit = 1 << 20
            let connection = try PostgresConnection(configuration, deadline: PostgresFixture.deadline)
            var arguments = Arguments()
            arguments.append([UInt8](repeating: 1, count: Arguments.limit))
            let size = Statement("size", "SELECT length($1)")
            #expect(try connection.run(size, arguments).int(0, 0) == Arguments.limit)
            for _ in 1...4 { try connection.send(size, arguments) }
            #expect(throws: PostgresError.tooLarge("the arguments of size are too large")) {
                try connection.send(size, arguments)
            }
            #expect(try connection.finish().count == 4)
            arguments.append(1)
            #expect(throws: PostgresError.tooLarge("the arguments of size are too large")) {
                try connection.send(size, arguments)
            }
            let repeated = Statement("repeat", "SELECT repeat('x', $1::int4)")
            #expect(try connection.run(repeated, Arguments(1_000_000)).text(0, 0).utf8.count == 1_000_000)
            #expect(throws: PostgresError.tooLarge("a result has more than 1048576 bytes")) {
                try connection.run(repeated, Arguments(1_100_000))
            }
            #expect(try connection.run(.one).int(0, 0) == 1)
        }
    }
}
