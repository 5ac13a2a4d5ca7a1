import Text

/// The ids under which the tool calls of a history are sent.
///
/// Models number their calls per message, and servers refuse duplicate ids. The same history always gives the same ids,
/// because prompts are cached by their text.
package struct SentCallIDs: Sendable {
    private var used: Set<ByteText> = []
    /// The number of occurrences of each id, where the suffix of the next one begins.
    private var counts: [ByteText: Int] = [:]
    /// The ids of the last assistant message.
    private var ofMessage: [ByteText: String] = [:]
    private let acceptable: @Sendable (String) -> String

    /// Creates the ids of a history.
    ///
    /// - Parameter acceptable: Converts an id of another server to one that this server accepts.
    package init(acceptable: @escaping @Sendable (String) -> String = { $0 }) { self.acceptable = acceptable }

    package var isEmpty: Bool { used.isEmpty }

    /// Begins the calls of the next assistant message and their results.
    package mutating func beginMessage() { ofMessage = [:] }

    /// Returns the id to send for a call.
    package mutating func id(ofCall id: String) -> String {
        let base = acceptable(id)
        var unused = base
        var count = counts[ByteText(base)] ?? 1
        while !used.insert(ByteText(unused)).inserted {
            count += 1
            unused = acceptable("\(count)_\(base)")
        }
        counts[ByteText(base)] = count
        ofMessage[ByteText(id)] = unused
        return unused
    }

    /// Returns the id to send with a result.
    package func id(ofResult id: String) -> String { ofMessage[ByteText(id)] ?? acceptable(id) }
}
