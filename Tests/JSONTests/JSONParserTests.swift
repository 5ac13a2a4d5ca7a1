import JSON
import NIOCore
import Testing

@Suite struct JSONParserTests {
    @Test(
        "Documents of RFC 8259 are read",
        arguments: [
            ("null", .null), (" true ", .bool(true)), ("-0", .integer(0)), ("12", .integer(12)),
            ("9223372036854775807", .integer(.max)), ("9223372036854775808", .number(9_223_372_036_854_775_808)),
            ("1.5e3", .number(1500)), ("1E-2", .number(0.01)), ("\"\"", .string("")),
            (#""a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00""#, .string("a\"\\/\u{8}\u{C}\n\r\té😀")),
            ("[]", .array([])), ("[1, [2]]", [1, [2]]), ("{}", .object([:])),
            (#"{"a": {"b": [null]}, "c": "ü"}"#, ["a": ["b": [nil]], "c": "ü"]),
        ] as [(String, JSONValue)])
    func readsDocuments(text: String, expected: JSONValue) throws {
        #expect(try JSONParser.parse(text) == expected)
        #expect(try JSONParser.parse(ByteBuffer(string: text)) == expected)
    }

    @Test(
        "What is no document is refused with the reason and its place",
        arguments: [
            ("", .unexpectedEnd, 0), ("  ", .unexpectedEnd, 2), ("{", .unexpectedEnd, 1), ("[1,]", .unexpectedByte, 3),
            ("{\"a\":1,}", .unexpectedByte, 7), ("{a:1}", .unexpectedByte, 1), ("01", .invalidNumber, 0),
            ("-", .unexpectedEnd, 1), ("1.", .invalidNumber, 0), (".5", .unexpectedByte, 0), ("1e", .invalidNumber, 0),
            ("1e400", .invalidNumber, 0), ("+1", .unexpectedByte, 0), ("NaN", .unexpectedByte, 0),
            ("nul", .unexpectedEnd, 3), ("truE", .unexpectedByte, 3), ("\"\u{1}\"", .invalidString, 1),
            (#""\x""#, .invalidString, 1), (#""\ud800""#, .invalidString, 1), (#""\ud800\u0041""#, .invalidString, 1),
            (#""\udc00""#, .invalidString, 1), (#""\u12g4""#, .invalidString, 5), ("\"abc", .unexpectedEnd, 4),
            ("1 2", .trailingBytes, 2), ("{} x", .trailingBytes, 3), ("\u{FEFF}{}", .unexpectedByte, 0),
            (#"{"a":1,"a":2}"#, .duplicateMember, 7), (#"{"a":1,"\u0061":2}"#, .duplicateMember, 7),
        ] as [(String, JSONError.Reason, Int)])
    func refuses(text: String, reason: JSONError.Reason, offset: Int) {
        #expect(throws: JSONError(reason, offset: offset)) { try JSONParser.parse(text) }
    }

    @Test("A duplicate is found among many members, too")
    func findsLateDuplicates() {
        let members = (0..<40).map { "\"m\($0)\":0" } + ["\"m3\":0"]
        #expect { try JSONParser.parse("{\(members.joined(separator: ","))}") } throws: {
            ($0 as? JSONError)?.reason == .duplicateMember
        }
    }

    @Test("Where it is allowed, a member may repeat its value or replace null, and nothing else")
    func repeats() throws {
        let limits = JSONLimits(allowsRepeats: true)
        #expect(try JSONParser.parse(#"{"a":{"b":1},"a":{"b":1}}"#, limits: limits) == ["a": ["b": 1]])
        #expect(try JSONParser.parse(#"{"a":null,"b":2,"a":1,"a":null}"#, limits: limits) == ["a": 1, "b": 2])
        let many = (0..<40).map { "\"m\($0)\":0" }.joined(separator: ",")
        #expect(try JSONParser.parse("{\(many),\"m3\":0}", limits: limits) == JSONParser.parse("{\(many)}"))
        for odd in [#"{"a":1,"a":2}"#, #"{"a":1,"a":"1"}"#, "{\(many),\"m3\":1}"] {
            #expect { try JSONParser.parse(odd, limits: limits) } throws: {
                ($0 as? JSONError)?.reason == .duplicateMember
            }
        }
    }

    @Test(
        "Invalid UTF-8 is refused",
        arguments: [[0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80]])
    func refusesInvalidUTF8(bytes: [UInt8]) {
        #expect { try JSONParser.parse(bytes: [0x22] + bytes + [0x22]) } throws: {
            ($0 as? JSONError)?.reason == .invalidUTF8
        }
    }

    @Test("Size, depth and the number of values are bounded")
    func boundsDocuments() throws {
        let limits = JSONLimits(size: 64, depth: 3, values: 8)
        #expect(throws: Never.self) { try JSONParser.parse("[[[1]]]", limits: limits) }
        #expect(throws: JSONError(.tooDeep, offset: 3)) { try JSONParser.parse("[[[[1]]]]", limits: limits) }
        #expect(throws: JSONError(.tooManyValues, offset: 15)) {
            try JSONParser.parse("[1,1,1,1,1,1,1,1]", limits: limits)
        }
        #expect(throws: JSONError(.tooLarge, offset: 64)) {
            try JSONParser.parse("\"" + String(repeating: "x", count: 64) + "\"", limits: limits)
        }
    }

    @Test("Depth does not cost the stack: a million brackets are an error, not a crash")
    func survivesDeepNesting() {
        let text = String(repeating: "[", count: 1_000_000)
        #expect { try JSONParser.parse(text) } throws: { ($0 as? JSONError)?.reason == .tooDeep }
    }

    @Test("No cut of a document is a document")
    func refusesEveryCut() {
        let text = Array(#"{"a":[1,-2.5e1,"x\u00e9\n"],"b":{"c":null,"d":true}}"#.utf8)
        for end in 0..<text.count {
            #expect(throws: JSONError.self) { try JSONParser.parse(bytes: Array(text[..<end])) }
        }
    }
}
