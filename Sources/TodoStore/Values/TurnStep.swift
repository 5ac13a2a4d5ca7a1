package import JSON

/// One step of a turn, in order: what the model said, or what a tool answered.
package enum TurnStep: Sendable, Hashable {
    /// `opaque` is what the same provider wants back with this message.
    case model(content: String, calls: [StepCall], provider: String, opaque: JSONValue?)
    /// `callIndex` counts the calls of the whole turn from 0, over all its model steps.
    case tool(callIndex: Int, callID: String, tool: String, result: JSONValue)
}

/// A tool call that a model made.
package struct StepCall: Sendable, Hashable {
    package let id: String
    package let name: String
    package let arguments: JSONObject
    /// What the same provider wants back with this call.
    package let opaque: JSONValue?

    package init(id: String, name: String, arguments: JSONObject, opaque: JSONValue? = nil) {
        self.id = id
        self.name = name
        self.arguments = arguments
        self.opaque = opaque
    }
}
