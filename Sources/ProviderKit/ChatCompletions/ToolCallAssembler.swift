package import JSON
import Text

/// An assembler of tool calls from parts, which tolerates what servers omit, repeat or mix up.
///
/// Parts are matched by id, then by index, then by content. Calls are only available from `finish()`, because text that
/// is complete JSON may continue.
package struct ToolCallAssembler: Sendable {
    /// Limits on the size of a response.
    package struct Limits: Sendable {
        package var calls: Int
        /// The bytes of the arguments, names and ids of all calls.
        package var arguments: Int
        /// The approximate bytes of the fields to be sent back, including replaced ones.
        package var opaque: Int
        /// The bytes of a name.
        package var name: Int

        package init(calls: Int = 64, arguments: Int = 256 * 1024, opaque: Int = 256 * 1024, name: Int = 128) {
            self.calls = calls
            self.arguments = arguments
            self.opaque = opaque
            self.name = name
        }
    }

    /// A call that is being assembled.
    private struct Slot: Sendable {
        var id: String?
        var index: Int?
        var name: String?
        var arguments = JSONObjectSplitter()
        var opaque = JSONObject()
        /// The slot that this one follows, when neither an id nor an index distinguishes the two.
        var successorOf: Int?
        /// Whether the name was taken from that slot.
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
    private var repetition = RepetitionDetector()
    /// The slot whose arguments `repetition` reads.
    private var writtenSlot: Int?
    /// The limit that was exceeded; further parts are ignored.
    package private(set) var overflow: String?

    /// Creates an assembler.
    ///
    /// - Parameters:
    ///   - echo: Fields of a call that are kept unchanged for the server.
    ///   - tools: The names of the tools, which distinguish a name in parts from two names.
    ///   - makeID: Creates the id of a call that has none.
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

    /// Whether the arguments of the last call repeat themselves.
    package var isRepeating: Bool { repetition.isRepeating }

    /// Whether no part of a call was received.
    package var isEmpty: Bool { slots.isEmpty }

    /// Adds an element of `tool_calls`, complete or a part.
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
        if writtenSlot != index { (repetition, writtenSlot) = (RepetitionDetector(), index) }
        repetition.receive(piece.arguments)
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

    /// Returns the calls of a complete message.
    ///
    /// - Throws: `truncated` when arguments are incomplete, `misbehaved` when the parts cannot form calls.
    package func finish() throws(ProviderError) -> [ToolCall] {
        if let overflow { throw ProviderError(.misbehaved, overflow) }
        var calls: [ToolCall] = []
        var usedIDs: Set<ByteText> = []
        var texts: [Set<ByteText>] = []
        for slot in slots {
            // Equal calls in the same slot are one call that was sent twice.
            var seen = slot.successorOf.map { texts[$0] } ?? []
            defer { texts.append(seen) }
            if slot.name == nil, slot.arguments.isBlank { continue }
            guard let name = slot.name else { throw ProviderError(.misbehaved, "a tool call without a name") }
            var opaque: JSONValue? = slot.opaque.isEmpty ? nil : .object(slot.opaque)
            for arguments in try Self.arguments(of: slot.arguments) {
                // Some servers send a separate empty object after a call.
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

    /// Returns the call that a part continues; nil when it begins a new one.
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
        // Another id normally means another call, but some servers create a new id for each part.
        if piece.id != nil, slots[candidate].id != nil { return goesOn(candidate, with: piece) ? candidate : nil }
        guard slots[candidate].arguments.isComplete, piece.beginsObject else { return candidate }
        // An empty object may be a placeholder for the arguments.
        return piece.name == nil && slots[candidate].arguments.isEmptyObject ? candidate : nil
    }

    /// Returns the latest call at the part's index or, without an index, the latest call.
    private func place(of piece: Piece) -> Int? {
        guard let index = piece.index else { return slots.indices.last }
        if let known = slots.lastIndex(where: { $0.index == index }) { return known }
        // Some servers omit the index in the first part of a call.
        guard let last = slots.indices.last, slots[last].index == nil else { return nil }
        return slots[last].isBlank || piece.id == nil && piece.name == nil ? last : nil
    }

    private func newSlot(for piece: Piece) -> Slot {
        var slot = Slot()
        guard piece.id == nil, let candidate = place(of: piece) else { return slot }
        slot.successorOf = candidate
        // The second of two objects at one index names its tool only if it differs.
        if piece.name == nil {
            slot.name = slots[candidate].name
            slot.isNameInherited = true
        }
        return slot
    }

    private func isOtherTool(_ index: Int, _ piece: Piece) -> Bool {
        piece.name != nil && name(of: index, with: piece) == nil
    }

    /// Returns the name of a call after a part of it; nil when the part names another tool.
    private func name(of index: Int, with piece: Piece) -> String? {
        guard let known = slots[index].name else { return piece.name }
        guard let name = piece.name, !name.equalsBytes(of: known) else { return known }
        // A name in pieces, or as much of it as there is so far, comes before the arguments.
        guard slots[index].arguments.isBlank else { return nil }
        return [known + name, name].first { joined in
            joined.startsWithBytes(of: known) && tools.contains { $0.startsWithBytes(of: joined) }
        }
    }

    /// Returns whether a part with another id can only continue the same call.
    private func goesOn(_ index: Int, with piece: Piece) -> Bool {
        let arguments = slots[index].arguments
        let isOpen = !arguments.rest.isEmpty
        if piece.name == nil { return isOpen || arguments.isBlank && slots[index].name != nil }
        return isOpen && !piece.arguments.isEmpty && !piece.beginsObject
    }
}
