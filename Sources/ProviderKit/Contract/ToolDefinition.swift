package import JSON

/// A tool, as described to the model.
package struct ToolDefinition: Sendable, Hashable {
    package let name: String
    package let description: String
    /// The JSON Schema of the arguments, an object.
    package let parameters: JSONObject

    package init(name: String, description: String, parameters: JSONObject) {
        self.name = name
        self.description = description
        self.parameters = parameters
    }
}
