import JSON
import ProviderKit
import Testing

@Suite struct ToolCallAssemblerTests {
    private typealias Limits = ToolCallAssembler.Limits

    /// Returns the calls assembled from parts, as `id name arguments`, or the kind of the error.
    private func calls(_ pieces: String..., limits: Limits = Limits()) throws -> [String] {
        let ids = CountingIDs()
        var assembler = ToolCallAssembler(
            echo: ["extra_content"], tools: ["add_task", "list_tasks"], limits: limits, makeID: { ids.next() })
        for piece in pieces { assembler.receive(try #require(try JSONParser.parse(piece).object)) }
        do throws(ProviderError) {
            return try assembler.finish().map { call in
                "\(call.id) \(call.name) \(call.defect == nil ? JSONValue.object(call.arguments).text : "defect")"
            }
        } catch {
            return [error.kind.rawValue]
        }
    }

    @Test("An id for each piece, as some servers invent them, does not tear a call apart")
    func idPerPiece() throws {
        let calls = try calls(
            #"{"index":0,"id":"a","function":{"name":"add_task","arguments":"{\"title\":"}}"#,
            #"{"index":0,"id":"b","function":{"arguments":"\"x"}}"#,
            #"{"index":0,"id":"c","function":{"arguments":"\"}"}}"#)
        #expect(calls == [#"a add_task {"title":"x"}"#])
    }

    @Test("A call of another tool at the same index is another call")
    func otherName() throws {
        let calls = try calls(
            #"{"index":0,"function":{"name":"list_tasks","arguments":""}}"#,
            #"{"index":0,"function":{"name":"add_task","arguments":"{\"title\":\"x\"}"}}"#)
        #expect(calls == ["made_1 list_tasks {}", #"made_2 add_task {"title":"x"}"#])
    }

    @Test("Whole calls without ids and indices are told apart")
    func bareCalls() throws {
        let calls = try calls(
            #"{"function":{"name":"add_task","arguments":"{\"title\":\"x\"}"}}"#,
            #"{"function":{"name":"add_task","arguments":"{\"title\":\"y\"}"}}"#,
            #"{"function":{"name":"list_tasks"}}"#)
        #expect(
            calls == [#"made_1 add_task {"title":"x"}"#, #"made_2 add_task {"title":"y"}"#, "made_3 list_tasks {}"])
    }

    @Test("Pieces of parallel calls may alternate")
    func alternating() throws {
        let calls = try calls(
            #"{"index":0,"id":"a","function":{"name":"add_task","arguments":"{\"title\""}}"#,
            #"{"index":1,"id":"b","function":{"name":"add_task","arguments":"{\"title\""}}"#,
            #"{"index":0,"function":{"arguments":":\"x\"}"}}"#,
            #"{"index":1,"function":{"arguments":":\"y\"}"}}"#)
        #expect(calls == [#"a add_task {"title":"x"}"#, #"b add_task {"title":"y"}"#])
    }

    @Test("The same call sent twice runs once")
    func repeated() throws {
        let whole = #"{"index":0,"id":"a","function":{"name":"add_task","arguments":"{\"title\":\"x\"}"}}"#
        #expect(try calls(whole, whole) == [#"a add_task {"title":"x"}"#])
        let bare = #"{"index":0,"function":{"name":"add_task","arguments":"{\"title\": \"x\"}"}}"#
        #expect(try calls(bare, bare) == [#"made_1 add_task {"title":"x"}"#])
    }

    @Test("White space and a repeated name after whole arguments are not another call")
    func trailingName() throws {
        let calls = try calls(
            #"{"index":0,"id":"a","function":{"name":"add_task","arguments":"{\"title\":\"x\"}"}}"#,
            #"{"index":0,"function":{"name":"add_task","arguments":"\n"}}"#)
        #expect(calls == [#"a add_task {"title":"x"}"#])
    }

    @Test("Equal calls with ids of their own both run")
    func equalCalls() throws {
        let calls = try calls(
            #"{"index":0,"id":"a","function":{"name":"undo","arguments":"{}"}}"#,
            #"{"index":1,"id":"b","function":{"name":"undo","arguments":"{}"}}"#)
        #expect(calls == ["a undo {}", "b undo {}"])
    }

    @Test("Objects that are glued together are split where they end, not where braces stand in strings")
    func glued() throws {
        let calls = try calls(
            #"{"index":0,"id":"a","function":{"name":"add_task","arguments":"{\"title\":\"a}{b\"} {\"title\":\"\\\"}{\"}"}}"#
        )
        #expect(calls == [#"a add_task {"title":"a}{b"}"#, #"made_1 add_task {"title":"\"}{"}"#])
    }

    @Test("The name may come after the arguments")
    func lateName() throws {
        let calls = try calls(
            #"{"index":0,"id":"a","function":{"arguments":"{\"title\":\"x\"}"}}"#,
            #"{"index":0,"function":{"name":"add_task"}}"#)
        #expect(calls == [#"a add_task {"title":"x"}"#])
    }

    @Test(
        "Arguments that are no object make a defect",
        arguments: [
            #""[1]""#, #""\"{}\"""#, #""7""#, #""{'title': 1}""#, #""{\"a\":1}]""#, #""{\"a\":1,\"a\":2}""#, "[1]", "7",
        ])
    func defects(_ arguments: String) throws {
        #expect(try calls(#"{"id":"a","function":{"name":"undo","arguments":\#(arguments)}}"#) == ["a undo defect"])
    }

    @Test("No arguments are an empty object", arguments: [#""""#, "null", #""null""#, #"" \n""#, "{}", #""{}""#])
    func noArguments(_ arguments: String) throws {
        #expect(try calls(#"{"id":"a","function":{"name":"undo","arguments":\#(arguments)}}"#) == ["a undo {}"])
    }

    @Test(
        "Arguments that stop in the middle are a cut answer", arguments: [#"{\"title\":\"bu"#, "{", #"{\"a\":1}{\"b"#])
    func cut(_ arguments: String) throws {
        #expect(try calls(#"{"id":"a","function":{"name":"add_task","arguments":"\#(arguments)"}}"#) == ["truncated"])
    }

    @Test("A call without a name is refused, and one that is nothing at all is ignored")
    func nameless() throws {
        #expect(try calls(#"{"id":"a","function":{"arguments":"{}"}}"#) == ["misbehaved"])
        #expect(try calls(#"{"index":0,"type":"function"}"#) == [])
        #expect(try calls("{}", #"{"id":"a","function":{"name":"undo"}}"#) == ["a undo {}"])
    }

    @Test("Too many calls, or too much in them, is refused")
    func limits() throws {
        let first = #"{"id":"a","function":{"name":"undo"}}"#
        #expect(try calls(first, #"{"id":"b","function":{"name":"undo"}}"#, limits: Limits(calls: 1)) == ["misbehaved"])
        let long = #"{"id":"a","function":{"name":"undo","arguments":"{\"a\":\"123456789\"}"}}"#
        #expect(try calls(long, limits: Limits(arguments: 10)) == ["misbehaved"])
        let glued = #"{"id":"a","function":{"name":"undo","arguments":"{\"a\":1}{\"a\":2}{\"a\":3}"}}"#
        #expect(try calls(glued, limits: Limits(calls: 2)) == ["misbehaved"])
        let named = #"{"id":"\#(String(repeating: "a", count: 40))","function":{"name":"undo"}}"#
        #expect(try calls(named, limits: Limits(arguments: 40)) == ["misbehaved"])
    }
}
