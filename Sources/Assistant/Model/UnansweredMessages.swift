import JSON
import ProviderKit
import Text
import TodoStore

/// Messages of the user that got no answer, such as those of interrupted turns.
///
/// They are sent in front of the user's next message and in the same one, because many models require that the roles
/// alternate. No answer is made up in the model's place, which it would repeat as its own.
struct UnansweredMessages {
    /// The maximum number of messages; earlier ones are left out.
    private static let most = 3
    /// The maximum number of results, and of bytes of each.
    private static let mostResults = 8
    private static let longestResult = 300

    private var texts: [String] = []

    /// Adds the message of a turn, with the results of its calls: what was done before it was interrupted.
    mutating func add(_ message: ChatMessage, _ steps: [TurnStep]) {
        guard case .user(let text) = message else { return }
        var results: [String] = []
        for case .tool(_, _, let tool, let result) in steps {
            results.append("\(tool) gave \(result.text.prefix(bytes: Self.longestResult))")
        }
        let done = results.suffix(Self.mostResults).joined(separator: "; ")
        let note = results.isEmpty ? "No answer was given to this." : "This was interrupted after: \(done)"
        texts.append("\(text)\n[\(note)]")
    }

    /// Returns the user's next message with all messages so far in front of it.
    mutating func joined(to message: ChatMessage) -> ChatMessage {
        guard case .user(let text) = message, !texts.isEmpty else { return message }
        defer { texts = [] }
        return .user((texts.suffix(Self.most) + [text]).joined(separator: "\n\n"))
    }
}
