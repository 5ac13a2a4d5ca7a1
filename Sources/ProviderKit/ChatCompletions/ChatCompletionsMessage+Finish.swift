import Text

extension ChatCompletionsMessage {
    /// A finish_reason; servers also pass on the words of other servers.
    enum Finish: Sendable, Hashable {
        case stop
        case toolCalls
        case length
        case contentFilter
        case error
        case unknown(String)

        /// Returns nil for "" and "null", which some servers send while there is none.
        init?(_ word: String) {
            guard let word = word.word() else {
                self = .unknown(word.printable(limit: 64))
                return
            }
            switch word.lowercased() {
            case "", "null", "none": return nil
            case "stop", "end_turn", "stop_sequence", "eos", "eos_token", "complete": self = .stop
            case "tool_calls", "tool_call", "tool_use", "function_call": self = .toolCalls
            case "length", "max_tokens", "max_output_tokens", "model_length": self = .length
            case "content_filter", "safety", "refusal", "prohibited_content", "blocklist", "recitation", "spii":
                self = .contentFilter
            case "error", "malformed_function_call", "unexpected_tool_call", "too_many_tool_calls", "abort", "aborted",
                "cancelled", "insufficient_system_resource":
                self = .error
            default: self = .unknown(word.printable())
            }
        }

        /// Returns the more important of two reasons: being cut off precedes a normal end, and a known word an unknown
        /// one.
        func combined(with other: Finish) -> Finish {
            switch (self, other) {
            case (.unknown, _), (_, .length), (_, .contentFilter): other
            default: self
            }
        }

        /// The reason for a message without calls.
        var reason: FinishReason {
            switch self {
            case .length: .length
            case .contentFilter: .contentFilter
            case .stop, .toolCalls, .error, .unknown: .stop
            }
        }
    }
}
