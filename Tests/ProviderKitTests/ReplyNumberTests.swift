import Foundation
import JSON
import NIOCore
import TestSupport
import Testing

@testable import ProviderKit

/// Extreme numbers in every numeric member of a provider's reply.
@Suite struct ReplyNumberTests {
    /// Whole streams and documents with a placeholder for a number.
    static let replies = [
        #"{"choices":[{"index":N,"delta":{"content":"Hi"},"finish_reason":"stop"}]}"#,
        #"{"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":N,"completion_tokens":N,"cost":N,"prompt_tokens_details":{"cached_tokens":N}}}"#,
        #"{"choices":[{"delta":{"tool_calls":[{"index":N,"id":N,"function":{"name":"undo","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}"#,
        #"{"choices":[{"delta":{"tool_calls":[{"index":"N","function":{"name":"undo","arguments":{"change_id":N}}}]},"finish_reason":"tool_calls"}]}"#,
        #"{"choices":[{"delta":{"content":N},"finish_reason":N}],"model":N,"created":N}"#,
        #"{"error":{"code":N,"status":N,"message":N,"metadata":{"headers":{"retry-after":"N"}}}}"#,
        #"{"error":{"code":"N","message":"no","availability":{"retry_after":N,"retryable":true}}}"#,
        #"{"error":{"code":429,"message":"no","details":[{"retryDelay":"Ns"},{"retryDelay":"Nh"}]}}"#,
        #"{"code":N,"status":N,"message":"no"}"#,
    ]

    @Test("A number of a reply is read or passed over", arguments: replies)
    func readsOrPassesOver(reply: String) {
        for number in ExtremeNumbers.all {
            let text = reply.replacing("N", with: number)
            for whole in [text, "data: \(text)\n\ndata: [DONE]\n\n"] {
                let reading = Reading(whole)
                #expect(reading.completion != nil || reading.error != nil, "\(whole)")
                guard let usage = reading.completion?.usage else { continue }
                for count in [usage.inputTokens, usage.outputTokens, usage.cachedInputTokens ?? 0] {
                    #expect((0...1_000_000_000_000).contains(count), "\(whole)")
                }
                #expect((usage.cost ?? 0).isFinite && (usage.cost ?? 0) >= 0)
            }
        }
    }

    @Test("A refusal's header fields tell of a wait of a week at most")
    func waits() {
        let names = [
            "retry-after", "retry-after-ms", "x-ratelimit-reset", "x-ratelimit-reset-requests",
            "x-ratelimit-reset-tokens",
        ]
        for name in names {
            for number in ExtremeNumbers.all + ["Sun, \(Int.max) Nov 1994 08:49:37 GMT", "Sun, 06 Nov 9999 0:0:0 GMT"] {
                for unit in ["", "s", "ms", "h", "m9223372036854775807s"] {
                    let error = ProviderError(
                        status: 429,
                        headers: ProviderHeaders([
                            (name, number + unit), ("x-ratelimit-remaining-requests", "0"),
                            ("x-ratelimit-remaining-tokens", "0"),
                        ]), body: ByteBuffer(string: "{}"), now: Date(timeIntervalSince1970: 1_743_292_000))
                    #expect(.zero ... .seconds(7 * 86_400) ~= error.retryAfter ?? .zero, "\(name): \(number)\(unit)")
                }
            }
        }
    }

    @Test("A list of models may hold any number")
    func models() {
        for number in ExtremeNumbers.json {
            let text = #"{"id":"a","context_length":N,"pricing":{"prompt":"N","completion":N}}"#
            guard let entry = try? JSONParser.parse(text.replacing("N", with: number)).object else { continue }
            let model = ProviderModel(entry)
            #expect((0...1_000_000_000_000).contains(model?.contextLength ?? 0), "\(number)")
            #expect((model?.inputPrice ?? 0) >= 0)
        }
    }

    @Test("The usage of several calls is added up, whatever an adapter has told")
    func sums() {
        let most = TokenUsage(inputTokens: .max, outputTokens: .max, cachedInputTokens: .max, cost: 1)
        let sum = most + most
        #expect(sum.inputTokens == .max && sum.outputTokens == .max && sum.cachedInputTokens == .max && sum.cost == 2)
        let none = TokenUsage(inputTokens: 1, outputTokens: 2)
        #expect(none + none == TokenUsage(inputTokens: 2, outputTokens: 4))
    }
}
