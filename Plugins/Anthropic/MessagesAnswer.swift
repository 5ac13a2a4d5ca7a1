import JSON
import ProviderKit
import Text

/// The message accumulated from the events of an answer.
struct MessagesAnswer: Sendable {
    private static let textLimit = 1 << 20
    /// The maximum number of thinking blocks, including empty ones.
    private static let mostThoughts = 1000

    private var model: String
    private var body = WrittenText(limit: MessagesAnswer.textLimit)
    private var text: String { body.text }
    /// The number of bytes of text that were emitted.
    private var emitted = 0
    private var calls: ToolCallAssembler
    private var hasCalls = false
    /// The thinking blocks by index, which are sent back unchanged with the message.
    private var thoughts: [(index: Int, block: JSONObject)] = []
    private var thoughtBytes = 0
    private var inputTokens: Int?
    private var cachedTokens: Int?
    private var outputTokens: Int?
    private var stopReason: String?
    private var lost = LostEvents()

    /// Whether the model has produced any output.
    private(set) var hasBegun = false
    /// Whether the message was ended by `message_stop`.
    private(set) var hasStopped = false
    /// Whether the model repeats itself, so that the rest of the answer is not read.
    var isCut: Bool { body.isCut || calls.isRepeating }
    /// Whether the message has a stop reason.
    var isComplete: Bool { stopReason != nil }

    init(model: String, makeID: @escaping @Sendable () -> String) {
        self.model = model
        calls = ToolCallAssembler(makeID: makeID)
    }

    /// Adds one event and appends its new text to `text`.
    ///
    /// - Returns: Whether the event shows that the model is at work.
    mutating func take(_ event: JSONObject, text new: inout String) throws(ProviderError) -> Bool {
        switch event["type"]?.string?.word() {
        case "message_start":
            if let message = event["message"]?.object { takeHead(message) }
            return false
        case "content_block_start":
            guard let block = event["content_block"]?.object else { return false }
            return try takeBlock(block, at: event["index"]?.integer ?? 0, &new)
        case "content_block_delta":
            guard let delta = event["delta"]?.object else { return false }
            return try takeDelta(delta, at: event["index"]?.integer ?? 0, &new)
        case "message_delta":
            if let usage = event["usage"]?.object { takeUsage(usage) }
            guard let reason = event["delta"]?["stop_reason"]?.string else { return false }
            stopReason = Self.word(reason)
            return true
        case "message_stop":
            hasStopped = true
            return true
        // `content_block_stop`, `ping`, and future event types.
        default: return false
        }
    }

    /// Adds an answer that was not streamed.
    mutating func take(whole message: JSONObject, text new: inout String) throws(ProviderError) {
        takeHead(message)
        for (index, block) in (message["content"]?.array ?? []).enumerated() {
            if let block = block.object { _ = try takeBlock(block, at: index, &new) }
        }
        stopReason = (message["stop_reason"]?.string).map(Self.word)
    }

    /// Returns the reason if it is a short ASCII word; otherwise a printable form.
    private static func word(_ reason: String) -> String { reason.word() ?? reason.printable(limit: 64) }

    private mutating func takeHead(_ message: JSONObject) {
        if let name = message["model"]?.string, !name.isEmpty { model = name.prefix(bytes: 800) }
        if let usage = message["usage"]?.object { takeUsage(usage) }
    }

    /// Reads usage. The counts are totals and not increments.
    private mutating func takeUsage(_ usage: JSONObject) {
        if let fresh = usage["input_tokens"]?.tokenCount {
            let cached = usage["cache_read_input_tokens"]?.tokenCount
            inputTokens = fresh + (usage["cache_creation_input_tokens"]?.tokenCount ?? 0) + (cached ?? 0)
            cachedTokens = cached
        }
        outputTokens = usage["output_tokens"]?.tokenCount ?? outputTokens
    }

    private mutating func takeBlock(
        _ block: JSONObject, at index: Int, _ new: inout String
    ) throws(ProviderError) -> Bool {
        switch block["type"]?.string?.word() {
        case "text": return try add(block["text"]?.string ?? "", &new)
        case "tool_use":
            var function: JSONObject = ["name": block["name"] ?? .null]
            // A stream sends the input in later events; an answer that was not streamed has it here.
            if let input = block["input"]?.object, !input.isEmpty { function["arguments"] = .object(input) }
            try addCall(["index": .integer(index), "id": block["id"] ?? .null, "function": .object(function)])
        case "thinking", "redacted_thinking":
            try bound(JSONValue.object(block).weight)
            guard thoughts.count < Self.mostThoughts else {
                throw ProviderError(.misbehaved, "an answer with more than \(Self.mostThoughts) thinking blocks")
            }
            thoughts.append((index, block))
            hasBegun = true
        default: return false
        }
        return true
    }

    private mutating func takeDelta(
        _ delta: JSONObject, at index: Int, _ new: inout String
    ) throws(ProviderError) -> Bool {
        switch delta["type"]?.string?.word() {
        case "text_delta": return try add(delta["text"]?.string ?? "", &new)
        case "input_json_delta":
            let piece = delta["partial_json"] ?? .null
            try addCall(["index": .integer(index), "function": ["arguments": piece]])
        case "thinking_delta": try extend("thinking", with: delta, at: index)
        case "signature_delta": try extend("signature", with: delta, at: index)
        default: return false
        }
        return true
    }

    mutating func skipDamaged() { lost.add(afterEnd: isComplete) }

    /// Records output, which makes an earlier end invalid.
    private mutating func begin() {
        hasBegun = true
        stopReason = nil
        lost.messageGoesOn()
    }

    private mutating func add(_ piece: String, _ new: inout String) throws(ProviderError) -> Bool {
        guard !piece.isEmpty else { return false }
        begin()
        try body.append(piece)
        if !body.isCut {
            new += piece
            emitted += piece.utf8.count
        }
        return true
    }

    private mutating func addCall(_ piece: JSONObject) throws(ProviderError) {
        begin()
        hasCalls = true
        calls.receive(piece)
        if let overflow = calls.overflow { throw ProviderError(.misbehaved, overflow) }
    }

    private mutating func extend(_ member: String, with delta: JSONObject, at index: Int) throws(ProviderError) {
        guard let piece = delta[member]?.string, let place = thoughts.lastIndex(where: { $0.index == index }) else {
            return
        }
        try bound(piece.utf8.count)
        // Removed from its block, so that it is appended to without a copy.
        var text = thoughts[place].block.takeString(member) ?? ""
        text += piece
        thoughts[place].block[member] = .string(text)
    }

    private mutating func bound(_ bytes: Int) throws(ProviderError) {
        thoughtBytes += bytes
        guard thoughtBytes <= Self.textLimit else {
            throw ProviderError(.misbehaved, "an answer with more than \(Self.textLimit) bytes of thinking")
        }
    }

    /// Returns the message as a completion, with the text that was not emitted.
    func finish() throws(ProviderError) -> DecodedAnswer {
        guard let stopReason = isCut ? "max_tokens" : stopReason else {
            throw ProviderError(.truncated, "the answer ended without a stop_reason")
        }
        guard !lost.mayHoldPiece || !hasCalls && stopReason != "tool_use" else {
            throw ProviderError(.misbehaved, "a damaged event may have contained a part of a tool call")
        }
        let opaque: JSONValue? =
            thoughts.isEmpty
            ? nil : [MessagesDecoder.thoughts: .array(thoughts.map { .object($0.block) })]
        var message = AssistantMessage(content: text, opaque: opaque)
        var finish = FinishReason.stop
        switch stopReason {
        case "max_tokens", "model_context_window_exceeded":
            guard !hasCalls else {
                throw ProviderError(
                    .truncated, "the answer was cut off at the token limit, with tool calls in it", isRetryable: false)
            }
            finish = .length
        case "refusal": finish = .contentFilter
        case "end_turn", "stop_sequence", "tool_use": message.toolCalls = try calls.finish()
        default:
            guard !hasCalls else {
                throw ProviderError(
                    .misbehaved, "tool calls that end with the unknown stop_reason \(stopReason)")
            }
        }
        if !message.toolCalls.isEmpty { finish = .toolCalls }
        guard !text.isEmpty || finish != .stop else {
            throw ProviderError(.misbehaved, "the answer is an empty message", isEmptyAnswer: true)
        }
        let rest = body.rest(after: emitted)
        let completion = ChatCompletion(
            message: message, finish: finish, model: model.printable(limit: 200), usage: usage,
            isShortened: rest.isShortened)
        return DecodedAnswer(
            completion: completion, heldText: rest.text, damagedEvents: lost.count, isUnfinished: isCut)
    }

    private var usage: TokenUsage? {
        guard inputTokens != nil || outputTokens != nil else { return nil }
        return TokenUsage(
            inputTokens: inputTokens ?? 0, outputTokens: outputTokens ?? 0, cachedInputTokens: cachedTokens)
    }
}
