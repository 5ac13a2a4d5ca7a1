package import JSON

/// Puts the pieces of tool calls together, whatever a server leaves out, repeats or mixes up.
///
/// Pieces are told apart by id, then by index, then by what they say. Nothing is a call before `finish()`: text that
/// parses so far may go on.
package struct ToolCallAssembler: Sendable {
    /// What a response may cost.
    package struct Limits: Sendable {
        package var calls: Int
        /// Bytes of arguments of all calls.
        package var arguments: Int

        package init(calls: Int = 64, arguments: Int = 256 * 1024) {
            self.calls = calls
            self.arguments = arguments
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

        var isBlank: Bool { id == nil && name == nil && arguments.isBlank }
    }

    private let echo: [String]
    private let limits: Limits
    let makeID: @Sendable () -> String
    private var slots: [Slot] = []
    private var argumentBytes = 0
    private var overflow: String?

    /// - Parameters:
    ///   - echo: fields of a call that are kept for the server as they are.
    ///   - makeID: ids for calls that have none of their own.
    package init(
        echo: [String] = [], limits: Limits = Limits(), makeID: @escaping @Sendable () -> String = Self.randomID
    ) {
        self.echo = echo
        self.limits = limits
        self.makeID = makeID
    }

    package static func randomID() -> String { "call_\(String(UInt64.random(in: .min ... .max), radix: 36))" }

    /// Whether no piece of a call has come.
    package var isEmpty: Bool { slots.isEmpty }

    /// Takes one element of `tool_calls`, whole or a piece.
    package mutating func receive(_ delta: JSONObject) {
        let piece = Piece(delta)
        let index: Int
        if let known = slot(for: piece) {
            index = known
        } else {
            guard slots.count < limits.calls else { return overflow = "more than \(limits.calls) tool calls" }
            slots.append(newSlot(for: piece))
            index = slots.count - 1
        }
        if slots[index].id == nil { slots[index].id = piece.id }
        if slots[index].index == nil { slots[index].index = piece.index }
        if slots[index].name == nil { slots[index].name = piece.name }
        argumentBytes += piece.arguments.utf8.count
        guard argumentBytes <= limits.arguments else {
            return overflow = "tool calls with more than \(limits.arguments) bytes of arguments"
        }
        slots[index].arguments.append(piece.arguments)
        for name in echo { if let value = delta[name], !value.isNull { slots[index].opaque[name] = value } }
    }

    /// The calls of a message that ended properly.
    /// - Throws: `truncated` when arguments stop in the middle, `misbehaved` when what came cannot be calls.
    package func finish() throws(ProviderError) -> [ToolCall] {
        if let overflow { throw ProviderError(.misbehaved, overflow) }
        var calls: [ToolCall] = []
        var usedIDs: Set<String> = []
        var texts: [Set<String>] = []
        for slot in slots {
            // What stands in one place and says the same thing is one call that was sent twice.
            var seen = slot.successorOf.map { texts[$0] } ?? []
            defer { texts.append(seen) }
            if slot.name == nil, slot.arguments.isBlank { continue }
            guard let name = slot.name else { throw ProviderError(.misbehaved, "a tool call without a name") }
            var opaque: JSONValue? = slot.opaque.isEmpty ? nil : .object(slot.opaque)
            for arguments in try Self.arguments(of: slot.arguments) {
                guard seen.insert(arguments.identity).inserted else { continue }
                var id = slot.id ?? makeID()
                while !usedIDs.insert(id).inserted { id = makeID() }
                calls.append(
                    ToolCall(id: id, name: name, arguments: arguments.object, opaque: opaque, defect: arguments.defect))
                opaque = nil
            }
        }
        return calls
    }

    /// The call that a piece continues; nil when it begins one.
    private func slot(for piece: Piece) -> Int? {
        if let id = piece.id,
            let known = slots.lastIndex(where: {
                $0.id == id && ($0.index == nil || piece.index == nil || $0.index == piece.index)
            })
        {
            return hasOtherName(known, piece) ? nil : known
        }
        guard let candidate = place(of: piece) else { return nil }
        if slots[candidate].isBlank { return candidate }
        if hasOtherName(candidate, piece) { return nil }
        if piece.id != nil, slots[candidate].id != nil {
            // Another id is another call, but some servers invent an id for each piece: one that names no tool and
            // comes in the middle of arguments goes on with them.
            return piece.name == nil && isOpen(candidate) ? candidate : nil
        }
        return slots[candidate].arguments.isComplete && piece.beginsObject ? nil : candidate
    }

    /// The latest call at the piece's index, or without one the latest call.
    private func place(of piece: Piece) -> Int? {
        guard let index = piece.index else { return slots.indices.last }
        return slots.lastIndex { $0.index == index }
            ?? slots.indices.last.flatMap { slots[$0].isBlank && slots[$0].index == nil ? $0 : nil }
    }

    private func newSlot(for piece: Piece) -> Slot {
        var slot = Slot()
        guard piece.id == nil, let candidate = place(of: piece) else { return slot }
        slot.successorOf = candidate
        // The second of two objects at one index says its tool only when it is another one.
        if piece.name == nil { slot.name = slots[candidate].name }
        return slot
    }

    private func hasOtherName(_ index: Int, _ piece: Piece) -> Bool {
        guard let name = piece.name, let known = slots[index].name else { return false }
        return name != known
    }

    private func isOpen(_ index: Int) -> Bool { !slots[index].arguments.rest.isEmpty }

    /// One element of `tool_calls` with the differences between servers taken out of it.
    private struct Piece {
        let id: String?
        let index: Int?
        let name: String?
        let arguments: String

        init(_ delta: JSONObject) {
            let function = delta["function"]?.object ?? JSONObject()
            id = delta["id"]?.string.flatMap { $0.isEmpty ? nil : $0 }
            index = delta["index"]?.integer
            name = function["name"]?.string.flatMap { $0.isEmpty ? nil : $0 }
            switch function["arguments"] {
            case nil, .null: arguments = ""
            case .string(let text): arguments = text
            // Sorted, so that the history reads the same each time it is sent.
            case .some(let value): arguments = value.canonical.text
            }
        }

        var beginsObject: Bool {
            arguments.utf8.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D } == UInt8(ascii: "{")
        }
    }
}
