package import JSON

/// One step of a turn: an output of the model or a tool's result.
package enum TurnStep: Sendable, Hashable {
    /// A message of the model; `opaque` is sent back to the same provider.
    case model(content: String, calls: [StepCall], provider: String, opaque: JSONValue?)
    /// `callIndex` counts the calls of the whole turn from 0, over all its model steps.
    case tool(callIndex: Int, callID: String, tool: String, result: JSONValue)
}

/// A tool call that a model made.
package struct StepCall: Sendable, Hashable {
    package let id: String
    package let name: String
    package let arguments: JSONObject
    /// Data sent back to the same provider with this call.
    package let opaque: JSONValue?

    package init(id: String, name: String, arguments: JSONObject, opaque: JSONValue? = nil) {
        self.id = id
        self.name = name
        self.arguments = arguments
        self.opaque = opaque
    }
}
