package import JSON
import Text

/// Puts the pieces of tool calls together, whatever a server leaves out, repeats or mixes up.
///
/// Pieces are told apart by id, then by index, then by what they say. Nothing is a call before `finish()`: text that
/// parses so far may go on.
package struct ToolCallAssembler: Sendable {
    /// What a response may cost.
    package struct Limits: Sendable {
        package var calls: Int
        /// Bytes of the arguments, names and ids of all calls.
        package var arguments: Int
        /// About the bytes of the fields of calls that their server wants back, replaced ones too.
        package var opaque: Int
        /// Bytes of a name.
        package var name: Int

        package init(calls: Int = 64, arguments: Int = 256 * 1024, opaque: Int = 256 * 1024, name: Int = 128) {
            self.calls = calls
            self.arguments = arguments
            self.opaque = opaque
            self.name = name
        }
    }

    /// A call that is being put together.
    private struct Slot: Sendable {
        var id: String?
        var index: Int?
        var name: String?
        var arguments = JSONObjectSplitter()
        var opaque = JSONObject()
        /// The slot whose place this one took, when neither an id nor an index tells the two apart.
        var successorOf: Int?
        /// Whether the name is that slot's.
        var isNameInherited = false

        var isBlank: Bool { id == nil && name == nil && arguments.isBlank }
    }

    private let echo: [String]
    private let tools: [String]
    private let limits: Limits
    let makeID: @Sendable () -> String
    private var slots: [Slot] = []
    private var bytes = 0
    private var opaqueBytes = 0
    /// The limit that the calls are over; then nothing more is taken.
    package private(set) var overflow: String?

    /// - Parameters:
    ///   - echo: fields of a call that are kept for the server as they are.
    ///   - tools: the names that a call can have: they tell a name in pieces from two names.
    ///   - makeID: ids for calls that have none of their own.
    package init(
        echo: [String] = [], tools: [String] = [], limits: Limits = Limits(),
        makeID: @escaping @Sendable () -> String = Self.randomID
    ) {
        self.echo = echo
        self.tools = tools
        self.limits = limits
        self.makeID = makeID
    }

    package static func randomID() -> String { "call_\(String(UInt64.random(in: .min ... .max), radix: 36))" }

    /// Whether no piece of a call has come.
    package var isEmpty: Bool { slots.isEmpty }

    /// Takes one element of `tool_calls`, whole or a piece.
    package mutating func receive(_ delta: JSONObject) {
        guard overflow == nil else { return }
        let piece = Piece(delta)
        let index: Int
        if let known = slot(for: piece) {
            index = known
        } else {
            guard slots.count < limits.calls else { return overflow = tooManyCalls }
            slots.append(newSlot(for: piece))
            index = slots.count - 1
        }
        if slots[index].id == nil, let id = piece.id {
            slots[index].id = id
            bytes += id.utf8.count
        }
        if slots[index].index == nil { slots[index].index = piece.index }
        if let name = name(of: index, with: piece) {
            bytes += name.utf8.count - (slots[index].name?.utf8.count ?? 0)
            slots[index].name = name
        }
        bytes += piece.arguments.utf8.count
        guard bytes <= limits.arguments else {
            return overflow = "tool calls with more than \(limits.arguments) bytes of arguments"
        }
        slots[index].arguments.append(piece.arguments)
        if slots[index].arguments.overflows { return overflow = tooManyCalls }
        if let name = slots[index].name, name.utf8.count > limits.name {
            return overflow = "a tool call with a name of more than \(limits.name) bytes"
        }
        for name in echo {
            guard let value = delta[name], !value.isNull else { continue }
            opaqueBytes += value.weight
            guard opaqueBytes <= limits.opaque else {
                return overflow = "tool calls with more than \(limits.opaque) bytes of \(name)"
            }
            slots[index].opaque[name] = value
        }
    }

    /// The calls of a message that ended properly.
    /// - Throws: `truncated` when arguments stop in the middle, `misbehaved` when what came cannot be calls.
    package func finish() throws(ProviderError) -> [ToolCall] {
        if let overflow { throw ProviderError(.misbehaved, overflow) }
        var calls: [ToolCall] = []
        var usedIDs: Set<ByteText> = []
        var texts: [Set<ByteText>] = []
        for slot in slots {
            // What stands in one place and says the same thing is one call that was sent twice.
            var seen = slot.successorOf.map { texts[$0] } ?? []
            defer { texts.append(seen) }
            if slot.name == nil, slot.arguments.isBlank { continue }
            guard let name = slot.name else { throw ProviderError(.misbehaved, "a tool call without a name") }
            var opaque: JSONValue? = slot.opaque.isEmpty ? nil : .object(slot.opaque)
            for arguments in try Self.arguments(of: slot.arguments) {
                // Some servers end a call with an empty object of its own.
                if slot.isNameInherited, arguments.identity.equalsBytes(of: Arguments.empty.identity) { continue }
                guard seen.insert(ByteText("\(name) \(arguments.identity)")).inserted else { continue }
                guard calls.count < limits.calls else { throw ProviderError(.misbehaved, tooManyCalls) }
                var id = slot.id ?? makeID()
                while !usedIDs.insert(ByteText(id)).inserted { id = makeID() }
                calls.append(
                    ToolCall(id: id, name: name, arguments: arguments.object, opaque: opaque, defect: arguments.defect))
                opaque = nil
            }
        }
        return calls
    }

    private var tooManyCalls: String { "more than \(limits.calls) tool calls" }

    /// The call that a piece continues; nil when it begins one.
    private func slot(for piece: Piece) -> Int? {
        if let id = piece.id,
            let known = slots.lastIndex(where: {
                ($0.id?.equalsBytes(of: id) ?? false)
                    && ($0.index == nil || piece.index == nil || $0.index == piece.index)
            })
        {
            return isOtherTool(known, piece) ? nil : known
        }
        guard let candidate = place(of: piece) else { return nil }
        if slots[candidate].isBlank { return candidate }
        if isOtherTool(candidate, piece) { return nil }
        // Another id is another call, but some servers invent an id for each piece.
        if piece.id != nil, slots[candidate].id != nil { return goesOn(candidate, with: piece) ? candidate : nil }
        guard slots[candidate].arguments.isComplete, piece.beginsObject else { return candidate }
        // An empty object may stand where the arguments will be.
        return piece.name == nil && slots[candidate].arguments.isEmptyObject ? candidate : nil
    }

    /// The latest call at the piece's index, or without one the latest call.
    private func place(of piece: Piece) -> Int? {
        guard let index = piece.index else { return slots.indices.last }
        if let known = slots.lastIndex(where: { $0.index == index }) { return known }
        // Some servers begin a call without its index.
        guard let last = slots.indices.last, slots[last].index == nil else { return nil }
        return slots[last].isBlank || piece.id == nil && piece.name == nil ? last : nil
    }

    private func newSlot(for piece: Piece) -> Slot {
        var slot = Slot()
        guard piece.id == nil, let candidate = place(of: piece) else { return slot }
        slot.successorOf = candidate
        // The second of two objects at one index says its tool only when it is another one.
        if piece.name == nil {
            slot.name = slots[candidate].name
            slot.isNameInherited = true
        }
        return slot
    }

    private func isOtherTool(_ index: Int, _ piece: Piece) -> Bool {
        piece.name != nil && name(of: index, with: piece) == nil
    }

    /// The name of a call after a piece of it; nil when the piece names another tool.
    private func name(of index: Int, with piece: Piece) -> String? {
        guard let known = slots[index].name else { return piece.name }
        guard let name = piece.name, !name.equalsBytes(of: known) else { return known }
        // A name in pieces, or as much of it as there is so far, comes before the arguments.
        guard slots[index].arguments.isBlank else { return nil }
        return [known + name, name].first { joined in
            joined.startsWithBytes(of: known) && tools.contains { $0.startsWithBytes(of: joined) }
        }
    }

    /// Whether a piece with another id can only be more of the same call.
    private func goesOn(_ index: Int, with piece: Piece) -> Bool {
        let arguments = slots[index].arguments
        let isOpen = !arguments.rest.isEmpty
        if piece.name == nil { return isOpen || arguments.isBlank && slots[index].name != nil }
        return isOpen && !piece.arguments.isEmpty && !piece.beginsObject
    }
}
