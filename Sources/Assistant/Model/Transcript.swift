import Foundation
import JSON
import ProviderKit
import Tenants
import Text
import Time
import TodoStore

/// A conversation as sent to the model: earlier turns, the user's message, and this turn's steps so far.
///
/// Requests of one conversation begin with the same bytes, up to what is new: a server then reuses its work on them.
struct Transcript: Sendable {
    let system: String
    private(set) var history: [Turn.Exchange]
    let userMessage: String
    /// When the user's message was written.
    let time: MessageTime
    var steps: [TurnStep] = []
    private var corrections: [Correction] = []

    /// A remark of the server on a text of the model that did not end the turn.
    private struct Correction {
        /// The number of steps before it.
        let position: Int
        let text: String
        let remark: String
    }

    init(system: String, history: [Turn.Exchange], userMessage: String, time: MessageTime, steps: [TurnStep] = []) {
        self.system = system
        self.history = history
        self.userMessage = userMessage
        self.time = time
        self.steps = steps
    }

    /// Returns whether a text only gives back what the model was told about an earlier one.
    func repeatsCorrection(_ text: String) -> Bool {
        let own = text.filter { !"[]".contains($0) }.trimmingCharacters(in: .whitespacesAndNewlines)
        return own.utf8.count >= Self.sentence && corrections.contains { $0.remark.containsBytes(of: own) }
    }

    /// The length of a text that is more than a word in common, in bytes.
    private static let sentence = 20

    /// Adds a text of the model that does not answer the user, and the reason; neither is stored.
    mutating func correct(_ text: String, _ remark: String) {
        corrections.append(Correction(position: steps.count, text: text, remark: remark))
    }

    /// Returns the transcript without these turns of the history.
    func omitting(_ turns: Set<Int>) -> Transcript {
        guard !turns.isEmpty else { return self }
        var transcript = self
        transcript.history.removeAll { turns.contains($0.turn.id) }
        return transcript
    }

    /// Returns the messages for one target, without fields that only other providers understand.
    func messages(for provider: String) -> [ChatMessage] {
        // Rules read the user's words alone.
        let isModel = provider != ModelLoop.standIn.providerID
        func user(_ message: String, _ date: Date) -> ChatMessage {
            .user(isModel ? MessageTime(date: date, timeZone: time.timeZone).stamped(message) : message)
        }
        var messages: [ChatMessage] = [.system(system)]
        var unanswered = UnansweredMessages()
        for turn in history {
            let message = user(turn.userMessage, turn.turn.startedAt.date)
            let answer = SafetyNotes.removed(from: turn.answer ?? "")
            guard isModel, answer.isBlank else {
                messages.append(unanswered.joined(to: message))
                messages += Self.messages(of: turn.steps[...], for: provider)
                if !answer.isBlank { messages.append(.assistant(AssistantMessage(content: answer))) }
                continue
            }
            unanswered.add(message, turn.steps)
        }
        messages.append(unanswered.joined(to: user(userMessage, time.date)))
        guard isModel else { return messages + Self.messages(of: steps[...], for: provider) }
        var (start, calls) = (0, 0)
        for correction in corrections {
            messages += Self.messages(of: steps[start..<correction.position], for: provider, after: calls)
            for case .model(_, let made, _, _) in steps[start..<correction.position] { calls += made.count }
            start = correction.position
            messages.append(.assistant(AssistantMessage(content: correction.text)))
            messages.append(.user(correction.remark))
        }
        return messages + Self.messages(of: steps[start...], for: provider, after: calls)
    }

    /// A call without a result, with its place among all calls of the turn.
    struct OpenCall: Sendable {
        let index: Int
        let call: TurnStep.Call
        /// The target that made the call.
        let provider: String
    }

    /// The calls without a result of the last model message.
    var openCalls: [OpenCall] {
        var calls: [OpenCall] = []
        var made = 0
        for step in steps {
            switch step {
            case .model(_, let newCalls, let provider, _):
                calls = newCalls.enumerated().map {
                    OpenCall(index: made + $0.offset, call: $0.element, provider: provider)
                }
                made += newCalls.count
            case .tool(let index, _, _, _):
                calls.removeAll { $0.index == index }
            }
        }
        return calls
    }

    /// Returns the messages of steps. A call without a result, or a result without a call, is omitted, because
    /// providers refuse them.
    ///
    /// - Parameter first: The number of calls of the turn before these steps.
    private static func messages(
        of steps: ArraySlice<TurnStep>, for provider: String, after first: Int = 0
    ) -> [ChatMessage] {
        var results: [Int: ToolResult] = [:]
        for case .tool(let index, let callID, let tool, let result) in steps {
            results[index] = ToolResult(callID: callID, tool: tool, content: result.text)
        }
        var messages: [ChatMessage] = []
        var made = first
        for case .model(let content, let calls, let source, let opaque) in steps {
            let isOwn = source == provider
            let answered = calls.enumerated().compactMap { offset, call in
                results[made + offset].map { (call: call, result: $0) }
            }
            made += calls.count
            guard !answered.isEmpty else { continue }
            let toolCalls = answered.map { call, _ in
                ToolCall(id: call.id, name: call.name, arguments: call.arguments, opaque: isOwn ? call.opaque : nil)
            }
            messages.append(
                .assistant(AssistantMessage(content: content, toolCalls: toolCalls, opaque: isOwn ? opaque : nil)))
            messages += answered.map { .tool($0.result) }
        }
        return messages
    }
}
