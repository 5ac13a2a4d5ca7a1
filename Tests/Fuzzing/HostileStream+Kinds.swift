extension HostileStream {
    /// A common answer, as the baseline.
    package static let plain = HostileStream(.chatCompletions, "plain text, word by word") { _ in
        delta(#""content":"word ""#)
    }

    package static let all = framing + chatCompletions + messages

    private static let marks = String(repeating: "\u{0301}\u{0316}", count: 4000)
    /// Members of an object, each with its own name.
    private static let wide = (0..<4000).map { #""\#(String($0, radix: 36))":1"# }.joined(separator: ",")

    private static func event(_ json: String) -> String { "data: \(json)\n\n" }
    private static func delta(_ members: String) -> String {
        event(#"{"choices":[{"index":0,"delta":{\#(members)}}]}"#)
    }
    private static func block(_ type: String, _ members: String) -> String {
        event(#"{"type":"content_block_\#(type)","index":0,\#(members)}"#)
    }
    private static func list(_ element: String, _ count: Int) -> String {
        "[" + Array(repeating: element, count: count).joined(separator: ",") + "]"
    }

    /// Streams that are possible in any format.
    private static let framing = [
        HostileStream(.chatCompletions, "white space before the answer") { _ in "  \n " },
        HostileStream(.chatCompletions, "blank lines", start: ": \n") { _ in "\n" },
        HostileStream(.chatCompletions, "lines of one letter", start: ": \n") { _ in "a\n" },
        HostileStream(.chatCompletions, "lines of data without data", start: ": \n") { _ in "data\n" },
        HostileStream(.chatCompletions, "events of white space", start: ": \n") { _ in
            "data: \(String(repeating: " ", count: 10_000))\n\n"
        },
        HostileStream(.chatCompletions, "empty objects", start: ": \n") { _ in "data:{}\n\n" },
        HostileStream(.chatCompletions, "empty arrays", start: ": \n") { _ in "data:[]\n\n" },
        HostileStream(.chatCompletions, "lists of empty objects", start: ": \n") { _ in event(list("{}", 60)) },
        HostileStream(.chatCompletions, "lists of numbers", start: ": \n") { _ in event(list("1", 9000)) },
        HostileStream(.chatCompletions, "lists of small objects", start: ": \n") { _ in event(list(#"{"":[1]}"#, 3000))
        },
        HostileStream(.chatCompletions, "long numbers", start: ": \n") { _ in
            event(list(String(repeating: "9", count: 1000), 100))
        },
        HostileStream(.chatCompletions, "events without the line between them", start: ": \n") { _ in
            "data: [1\n" + String(repeating: "data: {}\n", count: 1000) + "\n"
        },
        HostileStream(.chatCompletions, "two equal members of many members", start: ": \n") { _ in
            event("{\"a\":{\(wide)},\"a\":{\(wide)}}")
        },
        HostileStream(.chatCompletions, "a document that does not end") { $0 == 0 ? "[1" : ",1" },
    ]

    private static let chatCompletions = [
        HostileStream(.chatCompletions, "text of white space") { _ in delta(#""content":" ""#) },
        HostileStream(.chatCompletions, "text that may be a call", start: delta(#""content":"<function=""#)) { _ in
            delta(#""content":"a""#)
        },
        HostileStream(.chatCompletions, "text of escapes") { _ in
            delta("\"content\":\"\(String(repeating: "\\n", count: 2000))\"")
        },
        HostileStream(.chatCompletions, "text of combining marks") { _ in delta("\"content\":\"\(marks)\"") },
        HostileStream(.chatCompletions, "text in nested parts") { _ in
            delta("\"content\":" + String(repeating: "[", count: 40) + "\"a\"" + String(repeating: "]", count: 40))
        },
        HostileStream(.chatCompletions, "thoughts, letter by letter") { _ in
            delta(#""reasoning_details":[{"type":"reasoning.text","text":"x","index":0}]"#)
        },
        HostileStream(.chatCompletions, "thoughts of two texts") {
            delta(#""reasoning_details":[{"type":"t","text":"","summary":"","\#($0 % 2 == 0 ? "a" : "b")":1}]"#)
        },
        HostileStream(.chatCompletions, "empty thoughts") { delta(#""reasoning_details":[{"index":\#($0)}]"#) },
        HostileStream(.chatCompletions, "thoughts as one text") { _ in delta(#""reasoning_details":"x""#) },
        HostileStream(.chatCompletions, "arguments, letter by letter") {
            delta(#""tool_calls":[{"index":0,"function":{"name":"a","arguments":"\#($0 == 0 ? "{" : " ")"}}]"#)
        },
        HostileStream(.chatCompletions, "pieces of calls that say nothing") { _ in
            delta("\"tool_calls\":" + list(#"{"a":1}"#, 500))
        },
        HostileStream(.chatCompletions, "calls with ids of combining marks") {
            delta(#""tool_calls":[{"id":"\#(marks)\#($0 % 8)","index":\#($0 % 8)}]"#)
        },
        HostileStream(.chatCompletions, "arguments of many empty objects") { _ in
            delta("\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"a\",\"arguments\":\"\(list("{}", 3000))\"}}]")
        },
        HostileStream(.chatCompletions, "words of combining marks") { _ in
            event(#"{"model":"\#(marks)","choices":[{"delta":{},"finish_reason":"\#(marks)"}]}"#)
        },
        HostileStream(.chatCompletions, "members of combining marks") {
            event("{\"\(marks)\(String($0))\":1,\"\(marks)x\":1}")
        },
        HostileStream(.chatCompletions, "errors that are none") { _ in
            event(#"{"error":null,"errors":[],"status":200}"#)
        },
    ]

    private static let messages = [
        HostileStream(.messages, "Anthropic: text, letter by letter") { _ in
            block("delta", #""delta":{"type":"text_delta","text":"a"}"#)
        },
        HostileStream(.messages, "Anthropic: empty thoughts") { _ in
            block("start", #""content_block":{"type":"thinking","thinking":""}"#)
        },
        HostileStream(
            .messages, "Anthropic: thoughts, letter by letter",
            start: block("start", #""content_block":{"type":"thinking","thinking":""}"#)
        ) { _ in block("delta", #""delta":{"type":"thinking_delta","thinking":"a"}"#) },
        HostileStream(
            .messages, "Anthropic: a signature, letter by letter",
            start: block("start", #""content_block":{"type":"thinking","thinking":""}"#)
        ) { _ in block("delta", #""delta":{"type":"signature_delta","signature":"a"}"#) },
        HostileStream(.messages, "Anthropic: types of combining marks") { _ in
            event("{\"type\":\"\(marks)\",\"delta\":{\"stop_reason\":\"\(marks)\"}}")
        },
        HostileStream(.messages, "Anthropic: arguments, letter by letter") {
            block("delta", #""delta":{"type":"input_json_delta","partial_json":"\#($0 == 0 ? "{" : " ")"}"#)
        },
    ]
}
