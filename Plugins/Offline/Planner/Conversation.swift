import JSON
import ProviderKit
import Text

/// The messages of a request as turns: a message of the user and all that follows.
struct Conversation {
    struct Turn {
        let user: String
        /// The text of the answer in this turn.
        var text = ""
        /// The calls that have a result, in order.
        var steps: [Step] = []
        /// The number of rounds of tool calls.
        var rounds = 0
    }

    struct Step {
        let call: ToolCall
        /// JSON text.
        let content: String

        /// Returns whether `other` is the same call with the same result.
        func isRepeated(by other: Step) -> Bool {
            call.name == other.call.name && content.utf8.elementsEqual(other.content.utf8)
                && call.arguments == other.call.arguments
        }

        /// Returns the result, parsed at each call, because most results of earlier turns are not needed.
        func result(_ work: Work) -> JSONValue {
            work.spend(content.utf8.count / 4)
            return (try? JSONParser.parse(content)) ?? .null
        }
    }

    private(set) var turns: [Turn] = []

    init(_ messages: [ChatMessage]) {
        var calls: [String: ToolCall] = [:]
        for message in messages {
            switch message {
            case .system: break
            case .user(let text):
                calls = [:]
                turns.append(Turn(user: text))
            case .assistant(let message):
                guard !turns.isEmpty else { continue }
                if !message.content.isEmpty { turns[turns.count - 1].text += message.content + "\n" }
                if !message.toolCalls.isEmpty { turns[turns.count - 1].rounds += 1 }
                for call in message.toolCalls { calls[CombiningMarks.limited(call.id)] = call }
            case .tool(let result):
                guard !turns.isEmpty, let call = calls.removeValue(forKey: CombiningMarks.limited(result.callID))
                else { continue }
                turns[turns.count - 1].steps.append(Step(call: call, content: result.content))
            }
        }
    }
}
