import JSON
import NIOCore
import Testing

@Suite struct JSONWriterTests {
    @Test(
        "What is written reads back as the same value",
        arguments: [
            nil, true, 0, -7, 1.25, "", "a\"\\\n\u{1}\u{7F}é😀\u{2028}", [], [1, "two", [nil]],
            ["a": ["b": [false]], "": 3, "q\"uote": "x"],
        ] as [JSONValue])
    func roundTrips(value: JSONValue) throws {
        #expect(try JSONParser.parse(value.serialized) == value)
    }

    @Test("Members are written one by one with the commas they need")
    func writesMembers() {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("items")
        writer.beginArray()
        writer.beginObject()
        writer.name("id")
        writer.write(1)
        writer.name("done")
        writer.write(false)
        writer.endObject()
        writer.write("x")
        writer.endArray()
        writer.name("next")
        writer.writeNull()
        writer.endObject()
        #expect(String(buffer: writer.buffer) == #"{"items":[{"id":1,"done":false},"x"],"next":null}"#)
    }

    @Test("Equal values have one canonical text, whatever the order of their members")
    func canonicalText() {
        let left: JSONValue = ["b": 1, "a": ["d": 2, "c": 3]]
        let right: JSONValue = ["a": ["c": 3, "d": 2], "b": 1]
        #expect(left == right)
        #expect(left.hashValue == right.hashValue)
        #expect(left.canonical.text == #"{"a":{"c":3,"d":2},"b":1}"#)
        #expect(right.canonical.text == left.canonical.text)
    }
}
