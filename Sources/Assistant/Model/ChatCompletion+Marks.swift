import JSON
import ProviderKit
import Text

extension ChatCompletion {
    /// Drops excess combining marks from a model's text, before it is shown or stored.
    ///
    /// Arguments of calls are not changed: tools refuse such texts and report that to the model.
    mutating func limitMarks() {
        message.content = CombiningMarks.limited(message.content)
        model = CombiningMarks.limited(model)
        message.opaque?.limitMarks()
        for index in message.toolCalls.indices {
            message.toolCalls[index].id = CombiningMarks.limited(message.toolCalls[index].id)
            message.toolCalls[index].name = CombiningMarks.limited(message.toolCalls[index].name)
            message.toolCalls[index].opaque?.limitMarks()
        }
    }
}

extension JSONValue {
    /// Values without such texts keep their bytes, because providers need signed fields back unchanged.
    fileprivate mutating func limitMarks() {
        guard hasTooManyMarks else { return }
        switch self {
        case .string(let text): self = .string(CombiningMarks.limited(text))
        case .array(var elements):
            for index in elements.indices { elements[index].limitMarks() }
            self = .array(elements)
        case .object(let object):
            let members = object.members.map { member in
                var value = member.value
                value.limitMarks()
                return (CombiningMarks.limited(member.name), value)
            }
            self = .object(JSONObject(members))
        case .null, .bool, .integer, .number: break
        }
    }

    private var hasTooManyMarks: Bool {
        switch self {
        case .string(let text): CombiningMarks.areTooMany(in: text)
        case .array(let elements): elements.contains(where: \.hasTooManyMarks)
        case .object(let object):
            object.members.contains { CombiningMarks.areTooMany(in: $0.name) || $0.value.hasTooManyMarks }
        case .null, .bool, .integer, .number: false
        }
    }
}
