import JSON
import ProviderKit
import Testing

/// Answers with status 200 that are not a stream.
@Suite struct WholeBodyTests {
    private let call = #"{"id":"a","type":"function","function":{"name":"undo","arguments":"{}"}}"#

    @Test(
        "A body that is no answer is called wrong",
        arguments: [
            (#"{"error":{"code":429,"message":"slow"},"user_id":"u"}"#, .rateLimited),
            (#"{"id":null,"choices":null,"model":null}"#, .misbehaved),
            (#"{"choices":[]}"#, .misbehaved),
            (#"{"choices":[{"index":0,"finish_reason":"stop"}]}"#, .misbehaved),
            (
                #"{"choices":[{"finish_reason":"error","error":{"code":502,"message":"x"},"message":{"content":"par"}}],"usage":{"prompt_tokens":null}}"#,
                .overloaded
            ),
            (
                #"{"choices":[{"finish_reason":"error","native_finish_reason":"MALFORMED_FUNCTION_CALL","message":{"content":null}}]}"#,
                .misbehaved
            ),
            (#"[{"error":{"code":429,"message":"quota","status":"RESOURCE_EXHAUSTED"}}]"#, .rateLimited),
            (#"{"error":{"code":402,"message":"no credit"}}"#, .credit),
            ("<html><h1>502 Bad Gateway</h1></html>", .misbehaved),
            (#"{"choices":[{"message":{"content":"Hi"#, .misbehaved),
            (#"{"html-message":"Network connection lost."}"#, .misbehaved),
            ("", .misbehaved), ("   \n", .misbehaved), ("null", .truncated), ("[]", .misbehaved), ("{}", .misbehaved),
            (#"{"choices":[{"message":{"content":"Hi"}}]} trailing"#, .misbehaved),
            ("\u{FEFF}{", .misbehaved), ("\0", .truncated), ("{\"choices\":[]}\0", .misbehaved), ("[[]]", .misbehaved),
            ("upstream connect error", .truncated), (#""error""#, .truncated), (#"{"choices":{}}"#, .misbehaved),
            (#"{"choices":[null]}"#, .misbehaved), (#"{"choices":[{"message":null}]}"#, .misbehaved),
            (#"{"choices":[{"message":{}}]}"#, .misbehaved),
            (#"{"choices":[{"message":{"content":""},"finish_reason":"stop"}]}"#, .misbehaved),
            (#"{"error":"model not found"}"#, .model), (#"{"errors":[{"message":"x","code":503}]}"#, .overloaded),
            (#"{"object":"error","message":"long","type":"NotFoundError","code":404}"#, .model),
            (#"{"message":"limit","status":429}"#, .rateLimited),
            (#"{"error":{"message":"no","code":"402"}}"#, .credit),
            (
                #"{"error":{"message":"Provider returned error","code":400,"metadata":{"raw":"{\"error\":{\"message\":\"prompt is too long\"}}"}}}"#,
                .context
            ),
            (
                #"{"choices":[{"finish_reason":"tool_calls","message":{"tool_calls":[{"function":{"name":"add_task","arguments":"{\"title\":"}}]}}]}"#,
                .truncated
            ),
            (
                #"{"choices":[{"finish_reason":"length","message":{"tool_calls":[{"function":{"name":"undo","arguments":"{}"}}]}}]}"#,
                .truncated
            ),
            (
                #"{"choices":[{"finish_reason":"tool_calls","message":{"tool_calls":[{"function":{"arguments":"{}"}}]}}]}"#,
                .misbehaved
            ),
            ("{\"choices\":\(String(repeating: "[", count: 100))\(String(repeating: "]", count: 100))}", .misbehaved),
            (#"{"choices":[{"message":{"content":"a","content":"b"}}]}"#, .misbehaved),
        ] as [(String, ProviderError.Kind)])
    func wrong(_ body: String, _ kind: ProviderError.Kind) {
        let whole = Reading(body)
        #expect(whole.error?.kind == kind)
        #expect(Reading(Array(body.utf8).map { [$0] }) == whole)
    }

    @Test(
        "A body that says it in its own way is an answer",
        arguments: [
            (#"{"choices":[{"message":{"content":"Hi"},"finish_reason":null}]}"#, .text("Hi")),
            (#"{"choices":[{"message":{"content":"Hi"},"finish_reason":"STOP"}],"error":null}"#, .text("Hi")),
            (
                #"{"choices":[{"index":1,"message":{"content":"No"}},{"index":0,"message":{"content":"Hi"}}]}"#,
                .text("Hi")
            ),
            (#"[{"choices":[{"message":{"content":"Hi"}}]}]"#, .text("Hi")),
            (#"{"model":"a","model":"a","choices":[{"message":{"content":"Hi"}}],"usage":null}"#, .text("Hi")),
            (#"{"choices":[{"message":{"content":null,"refusal":"Hi"},"finish_reason":"stop"}]}"#, .text("Hi")),
            (
                #"{"choices":[{"message":{"function_call":{"name":"undo","arguments":""}},"finish_reason":"function_call"}]}"#,
                .calls(["undo {}"])
            ),
            (
                #"{"choices":[{"message":{"content":"","tool_calls":[{"function":{"name":"undo","arguments":{}}},{"function":{"name":"list_tasks"}}]},"finish_reason":"stop"}]}"#,
                .calls(["undo {}", "list_tasks {}"])
            ),
            (
                #"{"choices":[{"message":{"tool_calls":[{"id":"a","function":{"name":"undo","arguments":{"change_id":1}}},{"id":"a","function":{"name":"undo","arguments":{"change_id":2}}}]}}]}"#,
                .calls([#"undo {"change_id":1}"#, #"undo {"change_id":2}"#])
            ),
        ] as [(String, StreamCase.Outcome)])
    func right(_ body: String, _ outcome: StreamCase.Outcome) {
        for body in [body, "\u{FEFF}\(body)", "\r\n \(body)\n\n"] {
            let whole = Reading(body)
            #expect(whole.outcome == outcome)
            #expect(Reading(Array(body.utf8).map { [$0] }) == whole)
        }
    }

    @Test("Content may be null, empty or in parts beside calls", arguments: ["null", #""""#, "[]"])
    func callsBeside(_ content: String) {
        let body =
            #"{"choices":[{"finish_reason":"tool_calls","message":{"content":\#(content),"tool_calls":[\#(call)]}}]}"#
        #expect(Reading(body).outcome == .calls(["undo {}"]))
    }

    @Test("A whole answer is read like a streamed one")
    func whole() {
        let body =
            #"{"model":"m","choices":[{"finish_reason":"stop","message":{"content":[{"type":"text","text":"Hi"}]}}],"usage":{"prompt_tokens":1,"completion_tokens":2}}"#
        for text in [body, "\u{FEFF}" + body, "\n " + body + "\r\n"] {
            let reading = Reading(text)
            #expect(reading.text == "Hi")
            #expect(reading.completion?.usage == TokenUsage(inputTokens: 1, outputTokens: 2))
        }
    }

    @Test("Arguments that are no object are for the model to hear of")
    func defect() {
        let odd = call.replacing(#""{}""#, with: #""[1,2]""#)
        let body = #"{"choices":[{"finish_reason":"tool_calls","message":{"tool_calls":[\#(odd)]}}]}"#
        #expect(Reading(body).completion?.message.toolCalls.first?.defect != nil)
    }

    @Test("What is shown of a page that is no JSON is bounded")
    func excerpt() {
        let page = "<html>" + String(repeating: "x", count: 100_000)
        #expect((Reading(page).error?.detail.count ?? .max) < 300)
    }
}
