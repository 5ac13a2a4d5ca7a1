import JSON
import ProviderKit
import TodoStore

/// A conversation as sent to the model: earlier turns, the user's message, and this turn's steps so far.
struct Transcript: Sendable {
    let system: String
    let history: [Turn.Exchange]
    let userMessage: String
    var steps: [TurnStep] = []

    /// Returns the messages for one target, without fields that only other providers understand.
    func messages(for provider: String) -> [ChatMessage] {
        var messages: [ChatMessage] = [.system(system)]
        for turn in history {
            messages.append(.user(turn.userMessage))
            messages += Self.messages(of: turn.steps, for: provider)
            if let answer = turn.answer, !answer.isEmpty {
                messages.append(.assistant(AssistantMessage(content: answer)))
            } else if messages.last.map(\.isUser) ?? false {
                // Some providers require alternating roles, and the model should know that the turn has no answer.
                messages.append(.assistant(AssistantMessage(content: "(This request was interrupted.)")))
            }
        }
        messages.append(.user(userMessage))
        return messages + Self.messages(of: steps, for: provider)
    }

    /// The calls without a result of the last model message, with their places among all calls of the turn.
    var openCalls: [(index: Int, call: TurnStep.Call)] {
        var calls: [(index: Int, call: TurnStep.Call)] = []
        var made = 0
        for step in steps {
            switch step {
            case .model(_, let newCalls, _, _):
                calls = newCalls.enumerated().map { (made + $0.offset, $0.element) }
                made += newCalls.count
            case .tool(let index, _, _, _):
                calls.removeAll { $0.index == index }
            }
        }
        return calls
    }

    /// Returns the messages of steps. A call without a result, or a result without a call, is omitted, because
    /// providers refuse them.
    private static func messages(of steps: [TurnStep], for provider: String) -> [ChatMessage] {
        var results: [Int: ToolResult] = [:]
        for case .tool(let index, let callID, let tool, let result) in steps {
            results[index] = ToolResult(callID: callID, tool: tool, content: result.text)
        }
        var messages: [ChatMessage] = []
        var made = 0
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

extension ChatMessage {
    fileprivate var isUser: Bool {
        if case .user = self { true } else { false }
    }
}
