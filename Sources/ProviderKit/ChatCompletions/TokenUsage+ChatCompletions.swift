import JSON

extension TokenUsage {
    /// Reads the usage object at `path`; nil when it is missing or has no counts. Any of its members may be null.
    init?(_ chunk: JSONObject, at path: [String]) {
        let value = path.reduce(JSONValue.object(chunk)) { $0[$1] ?? .null }
        let input = value["prompt_tokens"]?.tokenCount
        let output = value["completion_tokens"]?.tokenCount
        guard input != nil || output != nil else { return nil }
        self.init(
            inputTokens: input ?? 0, outputTokens: output ?? 0,
            cachedInputTokens: value["prompt_tokens_details"]?["cached_tokens"]?.tokenCount,
            cost: value["cost"]?.number.flatMap { 0...1e12 ~= $0 ? $0 : nil })
    }
}
