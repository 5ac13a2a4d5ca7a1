import Testing

@testable import Postgres

struct ArgumentsTests {
    @Test func aValueIsBinaryAndHasItsType() {
        var arguments = Arguments()
        arguments.append(-2)
        arguments.append(true)
        arguments.append("ä")
        arguments.append([UInt8]([0, 255]))
        arguments.append(1.5)
        arguments.append(UUIDBytes(high: 1, low: 2))
        #expect(arguments.types == [20, 16, 25, 17, 701, 2950])
        #expect(arguments.lengths == [8, 1, 2, 2, 8, 16])
        #expect(
            arguments.bytes
                == [255, 255, 255, 255, 255, 255, 255, 254] + [1] + [0xC3, 0xA4] + [0, 255]
                + [0x3F, 0xF8, 0, 0, 0, 0, 0, 0] + [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2])
    }

    @Test func nullHasATypeAndNoBytes() {
        var arguments = Arguments()
        arguments.append(Int?.none)
        arguments.append(String?.none)
        arguments.append([UInt8]?.none)
        arguments.append(Bool?.none)
        arguments.append(Double?.none)
        arguments.append(UUIDBytes?.none)
        #expect(arguments.types == [20, 25, 17, 16, 701, 2950])
        #expect(arguments.lengths == [-1, -1, -1, -1, -1, -1])
        #expect(arguments.bytes.isEmpty)
    }

    @Test func anArrayHasAHeaderAndLengths() {
        var arguments = Arguments()
        arguments.append([Int]())
        arguments.append(["a", ""])
        #expect(arguments.types == [1016, 1009])
        #expect(arguments.lengths == [12, 29])
        #expect(
            arguments.bytes == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20]
                + [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 25, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0x61, 0, 0, 0, 0])
    }

    @Test func anEmptyValueIsNotNull() {
        var arguments = Arguments()
        arguments.append("")
        arguments.append(String?.none)
        arguments.withPointers { values, lengths, formats in
            #expect(values[0] != nil)
            #expect(values[1] == nil)
            #expect(lengths[0] == 0)
            #expect(formats[0] == 1 && formats[1] == 1)
        }
    }

    @Test func noMoreThanTheLimitIsKept() {
        var arguments = Arguments()
        arguments.append([UInt8](repeating: 1, count: Arguments.limit))
        #expect(!arguments.isTooLarge)
        arguments.append(true)
        #expect(arguments.isTooLarge)
        #expect(arguments.bytes.count == Arguments.limit)

        var texts = Arguments()
        texts.append([String](repeating: String(repeating: "x", count: 1 << 20), count: 16))
        #expect(texts.isTooLarge)
        #expect(texts.bytes.isEmpty)
    }

    @Test func noMoreValuesThanTheProtocolCountsAreKept() {
        var arguments = Arguments()
        for _ in 0..<65_535 { arguments.append(Int?.none) }
        #expect(!arguments.isTooLarge)
        arguments.append(Int?.none)
        #expect(arguments.isTooLarge)
        #expect(arguments.types.count == 65_535)
    }
}
