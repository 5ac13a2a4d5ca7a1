import JSON
import Testing

@Suite struct FieldReaderTests {
    private enum Color: String, CaseIterable { case red, blue }

    @Test("All that is wrong with an object is said in one pass")
    func collectsErrors() {
        var fields = FieldReader(["title": 3, "color": "green", "tags": ["a", 1], "extra": true])
        #expect(fields.required("title", \.string, "a string") == nil)
        #expect(fields.required("name", \.string, "a string") == nil)
        #expect(fields.choice("color", Color.self) == nil)
        #expect(fields.strings("tags") == nil)
        #expect(
            throws: FieldErrors([
                FieldError("title", "must be a string, not a number"), FieldError("name", "is required"),
                FieldError("color", "must be one of red, blue"),
                FieldError("tags", "must be an array of strings, not an array"),
                FieldError("extra", "is unknown"),
            ])
        ) { try fields.finish() }
    }

    @Test("Good members are read, and null counts as absent but is told apart")
    func readsMembers() throws {
        var fields = FieldReader(["title": "x", "count": 2, "done": false, "color": "red", "note": nil])
        #expect(fields.string("title") == "x")
        #expect(fields.integer("count") == 2)
        #expect(fields.bool("done") == false)
        #expect(fields.choice("color", Color.self) == .red)
        #expect(fields.string("note") == nil)
        #expect(fields.contains("note"))
        #expect(!fields.contains("other"))
        try fields.finish()
    }
}
