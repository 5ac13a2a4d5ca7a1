import Anthropic
import JSON
import ProviderKit
import TestSupport

extension ConformanceAdapter {
    /// Anthropic over its own wire format.
    static let anthropic = ConformanceAdapter(
        "anthropic",
        make: { upstream, transport in
            try AnthropicProvider(settings: settings(upstream), transport: transport)
        },
        text: { texts in
            texts.enumerated().map { index, text in
                let delta = event([
                    "type": "content_block_delta", "index": 0, "delta": ["type": "text_delta", "text": .string(text)],
                ])
                return (index == 0 ? start + block(0, ["type": "text", "text": ""]) : "") + delta
            }
        },
        calls: { start + blocks($0) { [$0] } },
        callPieces: { calls in
            start + event(["type": "ping"]) + blocks(calls) { $0 == "{}" ? [""] : $0.map { String($0) } }
        },
        endOfMessage: delta("end_turn"), endAtLimit: delta("max_tokens") + event(["type": "message_stop"]),
        end: { tools in delta(tools ? "tool_use" : "end_turn") + event(["type": "message_stop"]) },
        refusal: { status, message in error(status, message).text },
        errorEvent: event(error(529, "Overloaded")))

    private static let start = event([
        "type": "message_start",
        "message": [
            "id": "msg_1", "role": "assistant", "model": "the-model", "content": [],
            "usage": ["input_tokens": 9, "output_tokens": 1],
        ],
    ])

    private static func blocks(_ calls: [(String, String)], _ cut: (String) -> [String]) -> String {
        calls.enumerated().map { index, call in
            let head: JSONObject = [
                "type": "tool_use", "id": .string("toolu_\(index)"), "name": .string(call.0), "input": [:],
            ]
            let pieces = cut(call.1).map { piece in
                event([
                    "type": "content_block_delta", "index": .integer(index),
                    "delta": ["type": "input_json_delta", "partial_json": .string(piece)],
                ])
            }
            return block(index, head) + pieces.joined()
                + event(["type": "content_block_stop", "index": .integer(index)])
        }.joined()
    }

    private static func block(_ index: Int, _ block: JSONObject) -> String {
        event(["type": "content_block_start", "index": .integer(index), "content_block": .object(block)])
    }

    private static func delta(_ reason: String) -> String {
        event([
            "type": "message_delta", "delta": ["stop_reason": .string(reason)], "usage": ["output_tokens": 3],
        ])
    }

    private static func error(_ status: Int, _ message: String) -> JSONValue {
        let type: [Int: JSONValue] = [
            400: "invalid_request_error", 401: "authentication_error", 402: "billing_error", 404: "not_found_error",
            429: "rate_limit_error", 529: "overloaded_error",
        ]
        return [
            "type": "error", "error": ["type": type[status] ?? "api_error", "message": .string(message)],
            "request_id": "req_1",
        ]
    }

    private static func event(_ payload: JSONValue) -> String {
        "event: \(payload["type"]?.string ?? "")\ndata: \(payload.text)\n\n"
    }
}
