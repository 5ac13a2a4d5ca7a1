import Foundation
import JSON
import Text

/// The message accumulated from the chunks of an answer.
struct ChatCompletionsMessage: Sendable {
    private let dialect: ChatCompletionsDialect
    private let tools: Set<String>
    private var model: String
    private var body: WrittenText
    private var text: String { body.text }
    /// The end of `text` that was not emitted yet, because it may be a tool call.
    private var held = ""
    /// Whether `text` can still consist of tool calls only.
    private var mayBeCalls: Bool
    private var calls: ToolCallAssembler
    private var opaque: EchoedFields
    private var usage: TokenUsage?
    private var finish: Finish?
    private var rescued: [ToolCall] = []
    private var lost = LostEvents()
    /// The index of the choice that is read; only one was requested.
    private var choiceIndex: Int?

    /// Whether the answer contained a choice, even an empty one.
    private(set) var hasChoice = false
    /// Whether the model has produced any output.
    private(set) var hasBegun = false
    /// Whether the model repeats itself, so that the rest of the answer is not read.
    var isCut: Bool { body.isCut || calls.isRepeating }
    /// Whether text was emitted that is not part of the message.
    private var isShortened = false
    /// Whether the message has ended and no part of it followed.
    var isComplete: Bool { finish != nil }

    init(
        model: String, dialect: ChatCompletionsDialect, tools: [String], limits: ChatCompletionsDecoder.Limits,
        makeID: @escaping @Sendable () -> String
    ) {
        self.model = model
        self.dialect = dialect
        self.tools = Set(tools)
        body = WrittenText(limit: limits.text)
        mayBeCalls = dialect.rescuesTextCalls
        calls = ToolCallAssembler(echo: dialect.callEcho, tools: tools, limits: limits.calls, makeID: makeID)
        opaque = EchoedFields(names: dialect.messageEcho)
    }

    /// Adds a chunk, or a whole answer, and appends its new text to `text`.
    ///
    /// - Returns: Whether the chunk shows that the model is at work.
    mutating func take(_ chunk: JSONObject, now: Date, text new: inout String) throws(ProviderError) -> Bool {
        if let name = chunk["model"]?.string, !name.isEmpty, !name.equalsBytes(of: model) {
            model = name.prefix(bytes: 800)
        }
        for path in dialect.usagePaths { if let usage = TokenUsage(chunk, at: path) { self.usage = usage } }
        guard let choice = choice(of: chunk["choices"]?.array ?? []) else { return false }
        if let usage = TokenUsage(choice, at: ["usage"]) { self.usage = usage }
        var heard = false
        // Some servers repeat the whole message in their last chunk.
        if let delta = choice["delta"]?.object ?? (hasBegun ? nil : choice["message"]?.object) {
            hasChoice = true
            heard = try take(delta, &new)
        }
        if let word = choice["finish_reason"]?.string, let reason = Finish(word) {
            if let error = ProviderErrorBody(.object(choice)) { throw ProviderError(error, now: now) }
            if reason == .error {
                let native = choice["native_finish_reason"]?.string ?? "error"
                throw ProviderError(.misbehaved, "the provider ended its answer with \(native.printable(limit: 64))")
            }
            finish = finish?.combined(with: reason) ?? reason
            heard = true
        } else if let error = ProviderErrorBody(.object(choice)) {
            throw ProviderError(error, now: now)
        }
        return heard
    }

    private mutating func choice(of choices: [JSONValue]) -> JSONObject? {
        if choiceIndex == nil {
            let first = choices.first { $0["index"]?.integer == 0 } ?? choices.first { $0.object != nil }
            choiceIndex = first?["index"]?.integer
        }
        for case .object(let choice) in choices {
            let index = choice["index"]?.integer
            if index == nil || index == choiceIndex { return choice }
        }
        return nil
    }

    private mutating func take(_ delta: JSONObject, _ new: inout String) throws(ProviderError) -> Bool {
        var piece = ""
        Self.add(delta["content"], to: &piece)
        Self.add(delta["refusal"], to: &piece)
        var elements: [JSONObject] =
            switch delta["tool_calls"] {
            case .array(let elements): elements.compactMap(\.object)
            case .object(let element): [element]
            default: []
            }
        // The deprecated form of a call; some servers send both forms.
        if elements.isEmpty, let call = delta["function_call"]?.object { elements = [["function": .object(call)]] }
        for element in elements { calls.receive(element) }
        if let overflow = calls.overflow { throw ProviderError(.misbehaved, overflow) }
        try opaque.take(delta)
        let reasons = Self.reasoning.contains { name in
            delta[name].map { !$0.isNull && $0 != "" && $0 != [] } ?? false
        }
        guard !piece.isEmpty || !elements.isEmpty || reasons else { return false }
        hasBegun = true
        // Some servers send a finish_reason in every chunk, of which only the last one ends the message.
        if !piece.isEmpty || !elements.isEmpty {
            finish = nil
            lost.messageGoesOn()
        }
        let shown = text.utf8.count - held.utf8.count
        try body.append(piece)
        guard !body.isCut else {
            (held, isShortened) = body.rest(after: shown)
            return true
        }
        held += piece
        if mayBeCalls, held.utf8.count <= TextToolCalls.longestStart + 16 + piece.utf8.count {
            mayBeCalls = TextToolCalls.mayBegin(with: held)
        }
        if !mayBeCalls {
            new += held
            held = ""
        }
        return true
    }

    mutating func skipDamaged() { lost.add(afterEnd: isComplete) }

    private static let reasoning = ["reasoning", "reasoning_content", "reasoning_details"]

    private static let textParts: [JSONValue] = ["text", "output_text"]

    /// The maximum nesting of parts: servers send a list of parts, which are objects.
    private static let deepestPart = 6

    /// Appends the text of a message or of its parts.
    private static func add(_ value: JSONValue?, to text: inout String, depth: Int = 0) {
        guard depth <= deepestPart else { return }
        switch value {
        case .string(let more): text += more
        case .array(let parts): for part in parts { add(part, to: &text, depth: depth + 1) }
        case .object(let part):
            if part["type"].map({ textParts.contains($0) }) ?? true { add(part["text"], to: &text, depth: depth + 1) }
        default: break
        }
    }

    /// Keeps text that could not be emitted yet.
    mutating func hold(_ text: String) { held = text + held }

    /// Reads the calls that a server could not parse and returned as text in its error.
    ///
    /// - Returns: Whether there are any.
    mutating func rescue(_ error: ProviderErrorBody) -> Bool {
        guard let text = error.failedGeneration, let calls = TextToolCalls.parse(failed: text) else { return false }
        rescued = toolCalls(calls)
        finish = .toolCalls
        hasChoice = true
        hasBegun = true
        return true
    }

    /// Returns the message as a completion.
    ///
    /// - Parameter isDone: Whether the server marked the end of its answer, apart from any finish_reason.
    mutating func finish(isDone: Bool) throws(ProviderError) -> DecodedAnswer {
        guard finish != nil || isDone || isCut else {
            throw ProviderError(.truncated, "the answer ended without a finish_reason")
        }
        let written = mayBeCalls ? TextToolCalls.parse(text, tools: tools) : nil
        let hasCalls = !calls.isEmpty || written != nil
        guard !lost.mayHoldPiece || !hasCalls && finish != .toolCalls else {
            throw ProviderError(.misbehaved, "a damaged event may have contained a part of a tool call")
        }
        var message = AssistantMessage(content: text, opaque: opaque.value)
        let end = isCut ? .length : finish ?? .stop
        switch end {
        case .length where isCut && calls.isEmpty && written != nil:
            // Calls that the model wrote again and again are complete, unlike those at a token limit.
            take(written ?? [], as: &message)
        case .length where hasCalls || isCallCutOff:
            throw ProviderError(
                .truncated, "the answer was cut off at the token limit, with tool calls in it", isRetryable: false)
        case .unknown(let word) where hasCalls:
            throw ProviderError(.misbehaved, "tool calls that end with the unknown finish_reason \(word)")
        case .length, .contentFilter: break
        case .stop, .toolCalls, .unknown, .error:
            message.toolCalls = rescued.isEmpty ? try calls.finish() : rescued
            if let written, message.toolCalls.isEmpty { take(written, as: &message) }
        }
        let reason = message.toolCalls.isEmpty ? end.reason : .toolCalls
        guard !message.content.isEmpty || reason != .stop else {
            throw ProviderError(.misbehaved, "the answer is an empty message", isEmptyAnswer: true)
        }
        let completion = ChatCompletion(
            message: message, finish: reason, model: model.printable(limit: 200), usage: usage, isShortened: isShortened
        )
        return DecodedAnswer(
            completion: completion, heldText: held, damagedEvents: lost.count, isUnfinished: isCut)
    }

    /// Whether the text begins as calls of offered tools, which were cut off: not to be shown to a user.
    private var isCallCutOff: Bool {
        guard mayBeCalls else { return false }
        let start = text.prefix(bytes: 4096)
        return tools.contains { start.containsBytes(of: "\"\($0)\"") || start.containsBytes(of: "=\($0)") }
    }

    private mutating func take(_ written: [TextToolCalls.Call], as message: inout AssistantMessage) {
        message.content = ""
        message.toolCalls = toolCalls(written)
        held = ""
    }

    private func toolCalls(_ written: [TextToolCalls.Call]) -> [ToolCall] {
        written.map { ToolCall(id: calls.makeID(), name: $0.name, arguments: $0.arguments) }
    }
}
