import JSON
import ProviderKit
import Testing

@Suite struct ChatCompletionsDecoderTests {
    private func stream(_ payloads: String...) -> Reading {
        Reading(payloads.map { "data: \($0)\n\n" }.joined())
    }

    private let call =
        #"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"undo","arguments":"{}"}}]}}]}"#
    private let end = #"{"choices":[{"delta":{},"finish_reason":"tool_calls"}]}"#
    private let text = #"{"choices":[{"delta":{"content":"Hi"}}]}"#
    private let stop = #"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#

    @Test("A damaged event before the end poisons the tool calls", arguments: [#"{"choices":[{"del"#, "[1", "{}}"])
    func poison(_ damaged: String) {
        #expect(stream(call, damaged, end).error?.kind == .misbehaved)
        #expect(stream(damaged, call, end).error?.kind == .misbehaved)
        #expect(stream(damaged, end).error?.kind == .misbehaved)
        #expect(stream(text, damaged, stop).outcome == .text("Hi"))
    }

    @Test("A damaged event after the end poisons nothing")
    func damagedTrailer() {
        #expect(stream(call, end, #"{"usage":{"#, "[DONE]").outcome == .calls(["undo {}"]))
    }

    @Test("What is no object is not damage", arguments: ["", ": keepalive", "ping", "null", "OPENROUTER PROCESSING"])
    func noObject(_ payload: String) {
        #expect(stream(call, payload, end).outcome == .calls(["undo {}"]))
    }

    @Test("An oversized event poisons the tool calls")
    func oversized() {
        let long = #"{"choices":[],"obfuscation":"\#(String(repeating: "x", count: 2000))"}"#
        let limits = ChatCompletionsDecoder.Limits(event: 1000)
        let sse = "data: \(call)\n\ndata: \(long)\n\ndata: \(end)\n\n"
        #expect(Reading(sse, limits: limits).error?.kind == .misbehaved)
        #expect(Reading(sse).outcome == .calls(["undo {}"]))
    }

    @Test("length never runs a call, complete or not")
    func length() {
        #expect(stream(call, #"{"choices":[{"delta":{},"finish_reason":"length"}]}"#).error?.kind == .truncated)
        let cut = stream(text, #"{"choices":[{"delta":{},"finish_reason":"length"}]}"#)
        #expect(cut.completion?.finish == .length)
    }

    @Test("A filter leaves the text and no call")
    func filter() {
        let filtered = stream(text, call, #"{"choices":[{"delta":{},"finish_reason":"content_filter"}]}"#)
        #expect(filtered.completion?.finish == .contentFilter)
        #expect(filtered.completion?.message.toolCalls == [])
    }

    @Test("Calls before an unknown finish_reason are not believed, text is")
    func unknownFinish() {
        let odd = #"{"choices":[{"delta":{},"finish_reason":"odd"}]}"#
        #expect(stream(call, odd).error?.kind == .misbehaved)
        #expect(stream(text, odd).completion?.finish == .stop)
    }

    @Test("An answer that goes on after a finish_reason is not complete yet")
    func repeatedFinish() {
        let first = #"{"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}"#
        let second = #"{"choices":[{"delta":{"content":"b"},"finish_reason":"stop"}]}"#
        #expect(stream(first, second).outcome == .text("ab"))
        #expect(stream(first, #"{"choices":[{"delta":{"content":"b"}}]}"#).error?.kind == .truncated)
    }

    @Test(
        "What a server breaks off is no answer",
        arguments: ["insufficient_system_resource", "abort", "cancelled", "MALFORMED_FUNCTION_CALL"])
    func brokenOff(_ word: String) {
        let end = #"{"choices":[{"delta":{},"finish_reason":"\#(word)"}]}"#
        #expect(stream(text, end, "[DONE]").error?.kind == .misbehaved)
    }

    @Test("Events without blank lines between them are read one by one")
    func missingBlankLines() {
        #expect(Reading("data: \(text)\ndata: \(stop)\ndata: [DONE]\n\n").outcome == .text("Hi"))
    }

    @Test("A last chunk that repeats the whole message adds nothing")
    func repeatedMessage() {
        let last = #"{"choices":[{"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}]}"#
        #expect(stream(text, last).outcome == .text("Hi"))
        #expect(stream(last).outcome == .text("Hi"))
    }

    @Test("An empty answer is none")
    func empty() {
        #expect(stream(stop, "[DONE]").error?.kind == .misbehaved)
        #expect(stream("[DONE]").error?.kind == .misbehaved)
        #expect(Reading("").error?.kind == .misbehaved)
        #expect(Reading(": ping\n\n").error?.kind == .truncated)
    }

    @Test("The model counts as begun at its first output, thoughts included, and not at an error")
    func begun() {
        #expect(!stream(#"{"choices":[{"delta":{"role":"assistant","content":""}}]}"#).hasBegun)
        #expect(stream(#"{"choices":[{"delta":{"reasoning":"hm"}}]}"#).hasBegun)
        #expect(stream(call).hasBegun)
        #expect(!stream(#"{"error":{"code":502,"message":"no"}}"#).hasBegun)
    }

    @Test("The answer tells the model and the cost that the provider told")
    func usage() {
        let usage = """
            {"model":"m2","choices":[],"usage":{"prompt_tokens":5,"completion_tokens":2,"cost":0.5,
            "prompt_tokens_details":{"cached_tokens":3}}}
            """.replacing("\n", with: "")
        let completion = stream(#"{"model":"m1","choices":[]}"#, text, stop, usage, "[DONE]").completion
        #expect(completion?.model == "m2")
        #expect(
            completion?.usage == TokenUsage(inputTokens: 5, outputTokens: 2, cachedInputTokens: 3, cost: 0.5))
        #expect(stream(text, stop).completion?.model == "asked-for")
    }

    @Test("reasoning_details are kept, their pieces joined")
    func reasoning() {
        func thought(_ members: String) -> String { #"{"choices":[{"delta":{"reasoning_details":[\#(members)]}}]}"# }
        let dialect = ChatCompletionsDialect(messageEcho: ["reasoning_details"])
        let payloads = [
            thought(#"{"type":"reasoning.text","text":"a","index":0,"format":"f"}"#),
            thought(#"{"type":"reasoning.text","text":"b","index":0,"signature":"s"}"#),
            thought(#"{"type":"reasoning.encrypted","data":"x","index":1}"#), text, stop,
        ]
        let reading = Reading(payloads.map { "data: \($0)\n\n" }.joined(), dialect: dialect)
        #expect(
            reading.completion?.message.opaque == [
                "reasoning_details": [
                    ["type": "reasoning.text", "text": "ab", "index": 0, "format": "f", "signature": "s"],
                    ["type": "reasoning.encrypted", "data": "x", "index": 1],
                ]
            ])
        let empty = Reading("data: \(thought(""))\n\ndata: \(text)\n\ndata: \(stop)\n\n", dialect: dialect)
        #expect(empty.completion?.message.opaque == ["reasoning_details": []])
    }

    @Test(
        "Text that only begins like a call is text",
        arguments: [
            "<function", "<b>bold</b>", "<function=x>{</function>",
            String(repeating: "\n", count: 300) + "<function=undo>",
        ])
    func noRescue(_ text: String) {
        let payload = JSONValue.object(["choices": [["delta": ["content": .string(text)], "finish_reason": "stop"]]])
        let reading = Reading("data: \(payload.text)\n\n", dialect: ChatCompletionsDialect(rescuesTextCalls: true))
        #expect(reading.outcome == .text(text))
        #expect(reading.text == text)
    }

    @Test(
        "JSON that names an offered tool is a call, as small models write it",
        arguments: [
            #"{"name": "undo", "arguments": {"change_id": 1}}"#,
            " {\"name\": \"undo\", \"parameters\": {\"change_id\": 1}}\n",
            "```json\n{\"name\": \"undo\", \"arguments\": {\"change_id\": 1}}\n```",
            "<tools>\n{\"name\": \"undo\", \"arguments\": {\"change_id\": 1}}\n</tools>",
            #"{{"name": "undo", "arguments": {"change_id": 1}}}"#,
            #"[{"name": "undo", "arguments": {"change_id": 1}}]"#,
            #"{"tool_calls": [{"function": {"name": "undo", "arguments": "{\"change_id\": 1}"}}]}"#,
        ])
    func bareCalls(_ text: String) {
        let reading = Reading(Self.answer(text), dialect: ChatCompletionsDialect(rescuesTextCalls: true))
        #expect(reading.completion?.message.toolCalls.map(\.name) == ["undo"])
        #expect(reading.completion?.message.toolCalls.first?.arguments == ["change_id": 1])
        #expect(reading.text.isEmpty && reading.completion?.message.content.isEmpty == true)
    }

    @Test("Several objects, one a line, are several calls")
    func callsByLine() {
        let text = (1...3).map { "{\"name\": \"undo\", \"arguments\": {\"change_id\": \($0)}}" }.joined(
            separator: "\n\n")
        let reading = Reading(Self.answer(text), dialect: ChatCompletionsDialect(rescuesTextCalls: true))
        #expect(reading.completion?.message.toolCalls.map { $0.arguments["change_id"] } == [1, 2, 3])
    }

    @Test(
        "JSON that is no call of an offered tool, or has text beside it, is text",
        arguments: [
            #"{"name": "shell", "arguments": {}}"#, #"{"title": "milk"}"#, #"[{"name": "undo"}, {"title": "x"}]"#,
            "{\"name\": \"undo\", \"arguments\": {}}\nThat is the call.", "```json\n{\"name\": \"undo\"}",
            "{\"name\": \"undo\"",
        ])
    func noBareCall(_ text: String) {
        let reading = Reading(Self.answer(text), dialect: ChatCompletionsDialect(rescuesTextCalls: true))
        #expect(reading.completion?.message.toolCalls == [] && reading.completion?.message.content == text)
    }

    private static func answer(_ text: String) -> String {
        let payload = JSONValue.object(["choices": [["delta": ["content": .string(text)], "finish_reason": "stop"]]])
        return "data: \(payload.text)\n\n"
    }

    @Test(
        "A call written as text runs only where a call would",
        arguments: [("length", "", .truncated), ("odd", "", .misbehaved), ("stop", "data: {\n\n", .misbehaved)]
            as [(String, String, ProviderError.Kind)])
    func unendedRescue(_ reason: String, _ damage: String, _ kind: ProviderError.Kind) {
        func chunk(_ text: JSONValue, _ reason: JSONValue) -> String {
            let chunk: JSONValue = ["choices": [["delta": ["content": text], "finish_reason": reason]]]
            return "data: \(chunk.text)\n\n"
        }
        let sse = chunk(#"<function=undo>{"change_id":1"#, .null) + damage + chunk("}</function>", .string(reason))
        #expect(Reading(sse, dialect: ChatCompletionsDialect(rescuesTextCalls: true)).error?.kind == kind)
    }

    @Test("A call that the model writes as text again and again is one call, and is not shown")
    func repeatedTextCall() {
        let call = #"{"name": "add_task", "arguments": {"title": "milk"}}"#
        let text = String(repeating: call + "\n", count: 40)
        let reading = Reading(Self.answer(text), dialect: ChatCompletionsDialect(rescuesTextCalls: true))
        #expect(reading.outcome == .calls([#"add_task {"title":"milk"}"#]))
        #expect(reading.text == "")
    }

    @Test(
        "Calls written as text that are cut off are not shown",
        arguments: [#"{"name": "undo", "argu"#, "<function=undo>{", "```json\n{\"name\": \"undo\""])
    func cutTextCall(_ text: String) {
        let sse = Self.answer(text).replacing(#""stop""#, with: #""length""#)
        let reading = Reading(sse, dialect: ChatCompletionsDialect(rescuesTextCalls: true))
        #expect(reading.error?.kind == .truncated && reading.text == "")
        let shown = Reading(
            sse.replacing("undo", with: "else"), dialect: ChatCompletionsDialect(rescuesTextCalls: true))
        #expect(shown.completion?.finish == .length)
    }

    @Test("Damage after what looked like the end counts when the message goes on")
    func damageAfterTheEnd() {
        let call = #"{"choices":[{"delta":{"tool_calls":[{"id":"a","function":{"name":"undo","arguments":"{}"}}]}}]}"#
        #expect(Reading("data: \(stop)\n\ndata: {\n\ndata: \(call)\n\ndata: \(stop)\n\n").error?.kind == .misbehaved)
        let before = Reading("data: \(call)\n\ndata: \(stop)\n\ndata: {\n\ndata: [DONE]\n\n")
        #expect(before.outcome == .calls(["undo {}"]))
    }

    @Test("Counts that cannot be meant are no usage", arguments: [Int.max, -1])
    func absurdUsage(_ count: Int) {
        let usage = #"{"usage":{"prompt_tokens":\#(count),"completion_tokens":2}}"#
        let reading = Reading("data: \(text)\n\ndata: \(stop)\n\ndata: \(usage)\n\n")
        #expect(reading.completion?.usage == TokenUsage(inputTokens: 0, outputTokens: 2))
    }

    @Test("An answer has its limits")
    func limits() {
        let sse = "data: \(text)\n\ndata: \(stop)\n\n"
        #expect(Reading(sse, limits: .init(text: 1)).error?.kind == .misbehaved)
        #expect(Reading(sse, limits: .init(total: 20)).error?.kind == .misbehaved)
    }
}
