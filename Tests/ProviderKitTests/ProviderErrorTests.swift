import Foundation
import NIOCore
import Secrets
import Testing

@testable import ProviderKit

@Suite struct ProviderErrorTests {
    private let now = Date(timeIntervalSince1970: 1_743_292_000)

    private func error(_ status: Int, _ body: String, _ headers: [(String, String)] = []) -> ProviderError {
        ProviderError(status: status, headers: ProviderHeaders(headers), body: ByteBuffer(string: body), now: now)
    }

    @Test(
        "A refusal is classed by what it says, and by its status where it says nothing",
        arguments: [
            (400, "", .request), (401, "", .key), (402, "{}", .credit), (403, "", .key), (404, "", .model),
            (408, "", .overloaded), (413, "", .context), (422, "", .request), (429, "", .rateLimited),
            (498, "", .overloaded), (500, "", .overloaded), (502, "<html>", .overloaded), (529, "", .overloaded),
            (302, "", .misbehaved), (400, "<html>", .request), (405, "", .request), (409, "", .overloaded),
            (425, "", .overloaded), (451, "", .policy), (499, "", .overloaded), (501, "", .request),
            (503, "", .overloaded), (504, "", .overloaded), (522, "", .overloaded),
            (400, #"{"error":{"code":400,"message":"x is not a valid model ID"}}"#, .model),
            (
                400,
                #"{"error":{"message":"too long","type":"invalid_request_error","code":"context_length_exceeded"}}"#,
                .context
            ),
            (400, #"{"error":{"message":"This model's maximum context length is 8192 tokens"}}"#, .context),
            (
                400,
                #"{"error":{"code":400,"message":"Provider returned error","metadata":{"raw":"{\"error\":{\"code\":\"context_length_exceeded\",\"message\":\"long\"}}"}}}"#,
                .context
            ),
            (403, #"{"error":{"code":403,"message":"flagged","metadata":{"reasons":["violence"]}}}"#, .policy),
            (400, #"{"error":{"code":"content_policy_violation","message":"no"}}"#, .policy),
            (429, #"{"error":{"code":"insufficient_quota","message":"You exceeded your current quota"}}"#, .credit),
            (429, #"{"error":{"code":"credit_balance_exhausted","message":"x"}}"#, .credit),
            (
                429,
                #"{"type":"error","error":{"type":"rate_limit_error","details":{"error_code":"enforced_spend_limit_reached"}}}"#,
                .credit
            ),
            (
                400,
                #"{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low"}}"#,
                .credit
            ),
            (402, #"[{"error":{"code":402,"message":"x","status":"RESOURCE_EXHAUSTED"}}]"#, .credit),
            (
                429,
                #"[{"error":{"code":429,"message":"You exceeded your current quota","status":"RESOURCE_EXHAUSTED"}}]"#,
                .rateLimited
            ),
            (
                400,
                #"[{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}]"#,
                .key
            ),
            (400, #"{"error":{"message":"No connected db.","code":"400"}}"#, .key),
            (
                404, #"{"error":{"code":404,"message":"x","availability":{"code":"no_endpoints","retryable":false}}}"#,
                .model
            ),
            (
                404,
                #"{"error":{"code":404,"message":"x","availability":{"code":"model_unavailable_upstream","retryable":true}}}"#,
                .overloaded
            ),
            (503, #"{"error":{"message":"Loading model","type":"unavailable_error"}}"#, .overloaded),
            (500, #"{"error":"api key not valid upstream"}"#, .overloaded),
            (401, #"{"detail":"who are you"}"#, .key),
            // General words are less precise than a status of 4xx.
            (400, #"{"error":{"message":"bad","type":"api_error"}}"#, .request),
            (404, #"{"error":{"message":"no model","type":"api_error"}}"#, .model),
            (401, #"{"error":{"message":"no","type":"server_error"}}"#, .key),
            // A single request over the limit of a minute stays over it.
            (
                413,
                #"{"error":{"message":"Request too large for model x","type":"tokens","code":"rate_limit_exceeded"}}"#,
                .context
            ),
            (
                429,
                #"{"error":{"message":"Request too large for gpt-4o on tokens per min","type":"tokens","code":"rate_limit_exceeded"}}"#,
                .context
            ),
            (
                400,
                #"[{"error":{"code":400,"message":"The input token count (9) exceeds the maximum number of tokens allowed (8).","status":"INVALID_ARGUMENT"}}]"#,
                .context
            ),
            // Lack of credit by other names, and under other statuses.
            (402, #"{"error":{"code":429,"message":"x"}}"#, .credit),
            (403, #"{"error":{"code":403,"message":"Key limit exceeded (total limit)."}}"#, .credit),
            (400, #"{"error":{"message":"Budget has been exceeded!","type":"budget_exceeded","code":"400"}}"#, .credit),
            (
                429,
                #"{"error":{"message":"litellm.RateLimitError: OpenAIException - You exceeded your current quota, please check your plan and billing details.","type":null,"code":"429"}}"#,
                .credit
            ),
            (
                429,
                #"{"type":"error","error":{"type":"rate_limit_error","message":"litellm.RateLimitError: {\"error\": {\"code\": \"insufficient_quota\"}}"}}"#,
                .credit
            ),
            (
                429,
                #"{"error":{"message":"litellm.RateLimitError: please check your plan and billing details. RESOURCE_EXHAUSTED","code":"429"}}"#,
                .rateLimited
            ),
            (
                400,
                #"{"type":"error","error":{"type":"invalid_request_error","message":"You have reached your specified API usage limits."}}"#,
                .credit
            ),
            // The same errors in the words of a proxy.
            (
                400,
                #"{"error":{"message":"/chat/completions: Invalid model name passed in model=x.","type":"None","code":"400"}}"#,
                .model
            ),
            (400, #"{"error":{"message":"litellm.ContextWindowExceededError: long","code":"400"}}"#, .context),
            (400, #"{"error":{"message":"litellm.ContentPolicyViolationError: no","code":"400"}}"#, .policy),
            (
                400,
                #"{"object":"error","message":"This model's maximum context length is 9","type":"BadRequestError","code":400}"#,
                .context
            ),
            (404, #"{"object":"error","message":"The model `x` does not exist.","code":404}"#, .model),
            // A field of the request is too long, such as an id; the conversation may be short enough.
            (400, #"{"error":{"message":"x","code":"string_above_max_length"}}"#, .request),
            (200, #"{"error":""}"#, .misbehaved), (500, #"{"error":{}}"#, .overloaded),
        ] as [(Int, String, ProviderError.Kind)])
    func kinds(_ status: Int, _ body: String, _ kind: ProviderError.Kind) {
        #expect(error(status, body).kind == kind)
    }

    @Test(
        "The wait is read in every dialect",
        arguments: [
            ([("Retry-After", "2")], .seconds(2)), ([("retry-after", "1.5")], .milliseconds(1500)),
            ([("retry-after-ms", "250"), ("retry-after", "9")], .milliseconds(250)),
            ([("retry-after", "Sat, 29 Mar 2025 23:46:50 GMT")], .seconds(10)),
            ([("x-ratelimit-reset", "1743292030000")], .seconds(30)),
            ([("x-ratelimit-reset", "1743292030")], .seconds(30)), ([("x-ratelimit-reset", "30")], .seconds(30)),
            (
                [("x-ratelimit-remaining-tokens", "0"), ("x-ratelimit-reset-tokens", "2m59.56s")],
                .milliseconds(179_560)
            ),
            ([("x-ratelimit-remaining-tokens", "5"), ("x-ratelimit-reset-tokens", "1s")], nil),
            ([("retry-after", "-1")], nil), ([("retry-after", "nan")], nil), ([("retry-after", "inf")], nil),
            ([("retry-after", "soon")], nil), ([("retry-after", "Sat, 29 Mar 2025 23:46:30 GMT")], nil),
            ([("retry-after", "99999999999")], nil), ([], nil), ([("retry-after", "")], nil),
            ([("retry-after", "0")], .zero), ([("retry-after", "1e400")], nil), ([("retry-after", "2, 3")], nil),
            ([("retry-after", "Xxx, 99 Foo 2025 23:46:50 GMT")], nil), ([("retry-after", "٣")], nil),
            ([("retry-after-ms", "soon"), ("retry-after", "9")], .seconds(9)),
            ([("retry-after-ms", "-5"), ("retry-after", "9")], .seconds(9)),
            ([("x-ratelimit-reset", "1743291000")], nil), ([("x-ratelimit-reset", "nan")], nil),
            ([("x-ratelimit-remaining-requests", "0"), ("x-ratelimit-reset-requests", "7")], .seconds(7)),
            ([("x-ratelimit-remaining-requests", "0"), ("x-ratelimit-reset-requests", "-7s")], nil),
            (
                [
                    ("x-ratelimit-remaining-requests", "0"), ("x-ratelimit-reset-requests", "1h1m1s"),
                    ("x-ratelimit-remaining-tokens", "0"), ("x-ratelimit-reset-tokens", "120ms"),
                ],
                .seconds(3661)
            ),
        ] as [([(String, String)], Duration?)])
    func waits(_ headers: [(String, String)], _ wait: Duration?) {
        #expect(error(429, "", headers).retryAfter == wait)
        #expect(error(400, "", headers).retryAfter == nil)
    }

    @Test("The wait may stand in the body")
    func waitsInBodies() {
        let google = #"""
            [{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"x","details":[{"retryDelay":"34.4s"}]}}]
            """#
        #expect(error(429, google).retryAfter == .milliseconds(34_400))
        let router =
            #"{"error":{"code":503,"message":"x","availability":{"code":"capacity_exhausted","retryable":true,"retry_after":7}}}"#
        #expect(error(503, router).retryAfter == .seconds(7))
        let copied =
            #"{"error":{"code":429,"message":"x","metadata":{"headers":{"X-RateLimit-Reset":"1743292030000"}}}}"#
        #expect(error(429, copied).retryAfter == .seconds(30))
        let flight = #"{"error":{"code":402,"message":"x","metadata":{"limit_source":"openrouter_in_flight_budget"}}}"#
        #expect(error(402, flight, [("retry-after", "3")]).kind == .rateLimited)
        #expect(error(402, flight).kind == .credit)
    }

    @Test("What the provider behind the router said is shown, not the router's general words")
    func raw() {
        let body = #"{"error":{"code":502,"message":"Provider returned error","metadata":{"raw":"upstream is tired"}}}"#
        #expect(error(502, body).detail == "HTTP 502: upstream is tired")
    }

    @Test("The detail is bounded and on one line")
    func bounded() {
        let text = error(500, String(repeating: "line\r\n\u{1B}[31m", count: 10_000)).detail
        #expect(text.count < 400)
        #expect(!text.contains { $0.isNewline || $0 == "\u{1B}" })
    }

    @Test(
        "No part of the key is in the detail",
        arguments: [
            "key sk-or-v1-0123456789abcdef is wrong", "Incorrect API key provided: sk-or-v1-****cdef.",
            "(sk-or-v1-0123456789)", "ends in cdef", "starts with sk-or-v", "456789ab",
            "Bearer sk-or-v1-0123456789abcdef",
        ])
    func secrets(_ message: String) {
        let secret = Secret(utf8: "sk-or-v1-0123456789abcdef")
        let detail = ProviderError(.key, message).withoutSecret(secret).detail
        #expect(detail.contains("[key]"))
        for part in ["sk-or", "0123", "cdef", "4567"] { #expect(!detail.contains(part)) }
        #expect(ProviderError(.key, "User not found.").withoutSecret(secret).detail == "User not found.")
    }
}
