import Anthropic
import JSON
import ProviderKit
import TestSupport
import Testing

/// Streams of the Messages API as written by servers that translate to it.
@Suite struct AnthropicStreamTests {
    private static func text(_ text: String) -> String {
        #"data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"\#(text)"}}"# + "\n\n"
    }

    private static func tool(_ index: Int?, _ id: String, _ input: String = "{}", name: String = "add_task") -> String {
        let place = index.map { #""index":\#($0),"# } ?? ""
        return
            #"data: {"type":"content_block_start",\#(place)"content_block":{"type":"tool_use","id":"\#(id)","name":"\#(name)","input":\#(input)}}"#
            + "\n\n"
    }

    private static func input(_ index: Int?, _ piece: String) -> String {
        let place = index.map { #""index":\#($0),"# } ?? ""
        let piece = JSONValue.string(piece).text
        return
            #"data: {"type":"content_block_delta",\#(place)"delta":{"type":"input_json_delta","partial_json":\#(piece)}}"#
            + "\n\n"
    }

    private static func stop(_ reason: String) -> String {
        #"data: {"type":"message_delta","delta":{"stop_reason":"\#(reason)"},"usage":{"output_tokens":3}}"#
            + "\n\ndata: {\"type\":\"message_stop\"}\n\n"
    }

    private static let milk = #"{"title":"buy milk"}"#
    private static let mom = #"{"title":"call mom"}"#
    private static let addMilk = "add_task \(milk)"

    @Test(
        "Calls are what they must be, or none",
        arguments: [
            (
                "pieces alternate",
                tool(1, "a") + tool(2, "b") + input(2, #"{"title":"#) + input(1, milk) + input(2, #""call mom"}"#)
                    + stop("tool_use"), [addMilk, "add_task \(mom)"], nil
            ),
            (
                "no indices", tool(nil, "a") + input(nil, milk) + tool(nil, "b") + input(nil, mom) + stop("tool_use"),
                [addMilk, "add_task \(mom)"], nil
            ),
            (
                "equal ids", tool(0, "a", milk) + tool(1, "a", mom) + stop("tool_use"), [addMilk, "add_task \(mom)"],
                nil
            ),
            ("the input at once", tool(0, "a", milk) + stop("tool_use"), [addMilk], nil),
            ("the input at once and again", tool(0, "a", milk) + input(0, milk) + stop("tool_use"), [addMilk], nil),
            ("no input", tool(0, "a", name: "undo") + input(0, "") + stop("tool_use"), ["undo {}"], nil),
            ("two spaces", tool(0, "a", milk).replacing("data: ", with: "data:  ") + stop("tool_use"), [addMilk], nil),
            ("the wrong reason", tool(0, "a", milk) + stop("end_turn"), [addMilk], nil),
            ("the input stops", tool(0, "a") + input(0, #"{"title":"#) + stop("tool_use"), [], .truncated),
            ("no reason", tool(0, "a", milk) + "data: {\"type\":\"message_stop\"}\n\n", [], .truncated),
            (
                "a reason and no end", tool(0, "a", milk) + String(stop("tool_use").prefix(while: { $0 != "\n" })),
                [addMilk], nil
            ),
            ("damage", tool(0, "a") + "data: {\"type\":\n\n" + input(0, milk) + stop("tool_use"), [], .misbehaved),
            ("an unknown reason", tool(0, "a", milk) + stop("new"), [], .misbehaved),
            ("a call of no name", tool(0, "a", milk, name: "") + stop("tool_use"), [], .misbehaved),
            (
                "an error", tool(0, "a", milk) + "event: error\ndata: {\"error\":{\"type\":\"overloaded_error\"}}\n\n",
                [],
                .overloaded
            ),
            (
                "an error without its frame",
                tool(0, "a", milk) + "event: error\ndata: {\"type\":\"rate_limit_error\",\"message\":\"x\"}\n\n", [],
                .rateLimited
            ),
            (
                "an error in words", text("Hi") + "event: error\ndata: upstream went away\n\n" + stop("end_turn"), [],
                .misbehaved
            ),
            ("nothing after the end counts", tool(0, "a", milk) + stop("tool_use") + tool(1, "b", mom), [addMilk], nil),
        ] as [(String, String, [String], ProviderError.Kind?)])
    func calls(_ name: String, _ stream: String, _ calls: [String], _ kind: ProviderError.Kind?) async throws {
        for stream in [stream, stream.replacing("\n", with: "\r\n")] {
            let outcome = try await AdapterCall(AnthropicProvider.self, reply: .stream([.send(stream)])).outcome
            let read = outcome.completion?.message.toolCalls ?? []
            #expect(read.map { "\($0.name) \(JSONValue.object($0.arguments).text)" } == calls)
            #expect(Set(read.map(\.id)).count == read.count)
            #expect(outcome.error?.kind == kind)
        }
    }

    @Test("Counts of tokens that can be none do no harm", arguments: [Int.max, -1])
    func usage(_ count: Int) async throws {
        let start =
            #"data: {"type":"message_start","message":{"usage":{"input_tokens":\#(count),"cache_read_input_tokens":\#(count),"cache_creation_input_tokens":\#(count)}}}"#
        let stream = "\(start)\n\n\(Self.text("Hi"))\(Self.stop("end_turn"))"
        let outcome = try await AdapterCall(AnthropicProvider.self, reply: .stream([.send(stream)])).outcome
        #expect(outcome.completion?.usage == TokenUsage(inputTokens: 0, outputTokens: 3))
    }
}
