package import JSON

/// A tool call of a complete message.
package struct ToolCall: Sendable, Hashable {
    /// The id, unique in its message and not empty; generated when the provider's is not.
    package var id: String
    package var name: String
    package var arguments: JSONObject
    /// Fields to be sent back to the same provider with this call (`extra_content`).
    package var opaque: JSONValue?
    /// The reason why the call must not run, as text for the model, when its arguments were complete but not a JSON
    /// object; `arguments` are then empty.
    package var defect: String?

    package init(
        id: String, name: String, arguments: JSONObject, opaque: JSONValue? = nil, defect: String? = nil
    ) {
        self.id = id
        self.name = name
        self.arguments = arguments
        self.opaque = opaque
        self.defect = defect
    }
}
