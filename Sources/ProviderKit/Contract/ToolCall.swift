package import JSON

/// A tool call of a message that ended properly.
package struct ToolCall: Sendable, Hashable {
    /// Unique in its message and never empty; made by us when the provider's is not.
    package var id: String
    package var name: String
    package var arguments: JSONObject
    /// What the same provider wants back with this call (`extra_content`).
    package var opaque: JSONValue?
    /// Why the call must not run, for the model to read: its arguments were complete, but no JSON object. They are then
    /// empty here.
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
