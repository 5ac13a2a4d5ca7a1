import JSON
import Testing

@Suite struct JSONEqualityTests {
    private let composed = "\u{E9}"
    private let decomposed = "e\u{301}"

    @Test("Members whose names only Unicode takes for equal are two members")
    func tellsNamesByBytes() throws {
        let text = "{\"\(composed)\":1,\"\(decomposed)\":2}"
        let object = try #require(try JSONParser.parse(text).object)
        #expect(object[composed] == 1 && object[decomposed] == 2)
        let many = (0..<40).map { "\"m\($0)\":0" }.joined(separator: ",")
        let wide = try #require(try JSONParser.parse("{\(many),\"\(composed)\":1,\"\(decomposed)\":2}").object)
        #expect(wide.members.count == 42 && wide[decomposed] == 2)
        #expect(JSONValue.string(composed) != .string(decomposed))
        #expect(["a": .string(composed)] as JSONValue != ["a": .string(decomposed)])
    }

    @Test("Objects are equal in any order of their members, few or many", arguments: [3, 16, 17, 5000])
    func ignoresOrder(_ count: Int) {
        let members = (0..<count).map { ("member-\($0)", JSONValue.integer($0)) }
        let object = JSONValue.object(JSONObject.unique(members))
        let reversed = JSONValue.object(JSONObject.unique(members.reversed()))
        #expect(object == reversed)
        #expect(object.hashValue == reversed.hashValue)
        let other = JSONValue.object(JSONObject.unique(members.dropLast() + [("member-\(count - 1)", -1)]))
        #expect(object != other)
        let renamed = JSONValue.object(JSONObject.unique(members.dropLast() + [("other", .integer(count - 1))]))
        #expect(object != renamed)
    }

    @Test("A member that repeats the value of many members is compared in one pass")
    func comparesRepeats() throws {
        let limits = JSONLimits(values: 200_000, allowsRepeats: true)
        func object(_ names: some Sequence<Int>) -> String {
            "{" + names.map { "\"\($0)\":0" }.joined(separator: ",") + "}"
        }
        let text = "{\"a\":\(object(0..<45_000)),\"a\":\(object((0..<45_000).reversed()))}"
        #expect(try JSONParser.parse(text, limits: limits)["a"]?.object?.members.count == 45_000)
    }

    @Test("A number longer than any double needs is refused")
    func boundsNumbers() {
        #expect(throws: Never.self) { try JSONParser.parse("0." + String(repeating: "1", count: 1000)) }
        #expect(throws: JSONError(.invalidNumber, offset: 0)) {
            try JSONParser.parse("0." + String(repeating: "1", count: 1100))
        }
    }
}

extension JSONObject {
    /// Creates an object of members known to have distinct names, without comparing them.
    fileprivate static func unique(_ members: [(String, JSONValue)]) -> JSONObject {
        let text = "{" + members.map { "\"\($0.0)\":\($0.1.text)" }.joined(separator: ",") + "}"
        return (try? JSONParser.parse(text))?.object ?? [:]
    }
}
