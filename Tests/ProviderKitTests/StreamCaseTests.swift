import Fuzzing
import JSON
import ProviderKit
import Testing

@Suite struct StreamCaseTests {
    @Test("A recorded stream gives what it must", arguments: StreamCase.all)
    func outcome(_ example: StreamCase) {
        let reading = Reading(example.sse)
        #expect(reading.outcome == example.expected)
        let ids = reading.completion?.message.toolCalls.map(\.id) ?? []
        #expect(Set(ids).count == ids.count && !ids.contains(""))
        if let completion = reading.completion { #expect(reading.text == completion.message.content) }
    }

    @Test("None of them is lost")
    func count() {
        #expect(StreamCase.recorded.count == 28)
        #expect(StreamCase.invented.count >= 60)
    }

    @Test("Line ends, byte order marks and what follows [DONE] change nothing", arguments: StreamCase.streams)
    func framings(_ example: StreamCase) {
        let whole = Reading(example.sse)
        let lines = example.sse.replacing(": {", with: ":{")
        let variants = [
            "CRLF": example.sse.replacing("\n", with: "\r\n"),
            "CR": example.sse.replacing("\n", with: "\r"),
            "BOM": "\u{FEFF}" + example.sse,
            "no space": lines.replacing("data: ", with: "data:"),
            "no blank line at the end": String(example.sse.dropLast(2)),
            "comments between": example.sse.replacing("\n\n", with: "\n\n: OPENROUTER PROCESSING\n\n"),
            "comments inside": example.sse.replacing("\n\n", with: "\n: OPENROUTER PROCESSING\n\n"),
            "other fields": example.sse.replacing("data: ", with: "id: 7\nevent: message\ndata: "),
            "blank lines first": "\n\n\r\n" + example.sse,
            "[DONE] with spaces": example.sse.replacing("[DONE]", with: "[DONE]  "),
            "data after [DONE]": example.sse.replacing(
                "[DONE]\n\n", with: "[DONE]\n\ndata: {\"error\":1}\n\ndata: {x\n\n"),
        ]
        // The event's name is fixed for these.
        for (name, stream) in variants where name != "other fields" || !example.sse.contains("event:") {
            let reading = Reading(stream)
            #expect(reading.outcome == whole.outcome, "\(name)")
            // The last text of a failed answer may be lost.
            if whole.error == nil { #expect(reading == whole, "\(name)") }
        }
    }

    @Test("Data on several lines is one event", arguments: StreamCase.streams.filter { $0.name != "bad_json" })
    func multiLineData(_ example: StreamCase) {
        let broken = example.sse.replacing("\"choices\": [", with: "\"choices\":\ndata: [")
        #expect(Reading(broken) == Reading(example.sse))
    }

    @Test("A stream may be cut at any byte", arguments: StreamCase.all)
    func everyCut(_ example: StreamCase) {
        let bytes = Array(example.sse.utf8)
        let whole = Reading([bytes])
        for cut in 0...bytes.count { #expect(Reading([bytes[..<cut], bytes[cut...]]) == whole) }
        #expect(Reading(bytes.map { [$0] }) == whole)
    }

    @Test("Any split of any framing gives the same result", arguments: StreamCase.all)
    func randomSplits(_ example: StreamCase) {
        var generator = SplitMix64(seed: 42)
        for end in ["\n", "\r", "\r\n"] {
            let text = example.sse.replacing("\n", with: end).replacing("buy milk", with: "kauf Käse 🧀")
            let bytes = Array("\u{FEFF}\(text)".utf8)
            let whole = Reading([bytes])
            for _ in 0..<15 {
                var pieces: [ArraySlice<UInt8>] = []
                var rest = bytes[...]
                while !rest.isEmpty {
                    let count = Int.random(in: 0...min(rest.count, 200), using: &generator)
                    pieces.append(rest.prefix(count))
                    rest = rest.dropFirst(count)
                }
                #expect(Reading(pieces) == whole)
            }
        }
    }

    @Test("A signature that comes alone belongs to the call before it")
    func signature() {
        let call = Reading(StreamCase.named("thought_sig_alone").sse).completion?.message.toolCalls.first
        #expect(call?.opaque == ["extra_content": ["google": ["thought_signature": "SIG=="]]])
    }

    @Test("Usage is found where each server puts it")
    func usage() {
        let usage = TokenUsage(inputTokens: 9, outputTokens: 3)
        #expect(Reading(StreamCase.named("choices_empty").sse).completion?.usage == usage)
        let groq = ChatCompletionsDialect(usagePaths: [["usage"], ["x_groq", "usage"]])
        #expect(Reading(StreamCase.named("xgroq_usage").sse, dialect: groq).completion?.usage == usage)
    }

    @Test("A call written as text is rescued only where the dialect says so")
    func rescue() {
        let stream = StreamCase.named("text_tool_xml")
        let reading = Reading(stream.sse, dialect: ChatCompletionsDialect(rescuesTextCalls: true))
        #expect(reading.outcome == .calls([#"add_task {"title":"buy milk"}"#]))
        #expect(reading.text == "")
        #expect(reading.completion?.message.content == "")
    }

    @Test(
        "Counts of tokens that can be none do no harm",
        arguments: ["9223372036854775807", "-1", "1e300", "\"9\"", "null", "9.0"])
    func oddUsage(_ count: String) {
        let usage = #"data: {"choices":[],"usage":{"prompt_tokens":\#(count),"completion_tokens":3,"cost":-1}}"#
        let reading = Reading("\(usage)\n\n\(StreamCase.named("ok_openai").sse)")
        let expected = TokenUsage(inputTokens: count == "9.0" ? 9 : 0, outputTokens: 3)
        #expect(reading.completion?.usage == expected)
        #expect(reading.completion.map { ($0.usage ?? expected) + expected } != nil)
    }

    @Test("Usage beside the message counts, too")
    func usageInChoice() {
        let end =
            #"{"choices":[{"delta":{},"finish_reason":"stop","usage":{"prompt_tokens":9,"completion_tokens":3}}]}"#
        let reading = Reading("data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\ndata: \(end)\n\n")
        #expect(reading.completion?.usage == TokenUsage(inputTokens: 9, outputTokens: 3))
    }

    @Test("A damaged event is counted")
    func damaged() {
        #expect(Reading(StreamCase.named("bad_json").sse).damagedEvents == 1)
    }

    @Test("An error keeps the wait that the provider asks for")
    func retryAfter() {
        let error = Reading(StreamCase.named("first_error_200").sse).error
        #expect(error?.status == 429)
        #expect(error?.retryAfter == .seconds(800))
    }
}
