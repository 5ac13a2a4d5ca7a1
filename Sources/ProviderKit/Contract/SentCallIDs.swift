import Text

/// The ids under which the tool calls of a history are sent.
///
/// Models number their calls anew in each message, and servers refuse an id that occurs twice. The same history always
/// gives the same ids, as prompts are cached by their text.
package struct SentCallIDs: Sendable {
    private var used: Set<ByteText> = []
    /// How often each id came: the next one of it begins to count there.
    private var counts: [ByteText: Int] = [:]
    /// Those of the last assistant message.
    private var ofMessage: [ByteText: String] = [:]
    private let acceptable: @Sendable (String) -> String

    /// - Parameter acceptable: what a server takes in the place of an id of another one.
    package init(acceptable: @escaping @Sendable (String) -> String = { $0 }) { self.acceptable = acceptable }

    package var isEmpty: Bool { used.isEmpty }

    /// What follows is the calls of the next assistant message, and their results.
    package mutating func beginMessage() { ofMessage = [:] }

    /// The id to send for a call.
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

    /// The id to send with a result.
    package func id(ofResult id: String) -> String { ofMessage[ByteText(id)] ?? acceptable(id) }
}
