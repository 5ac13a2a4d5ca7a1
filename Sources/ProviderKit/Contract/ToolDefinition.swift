package import JSON

/// A tool as the model is told of it.
package struct ToolDefinition: Sendable, Hashable {
    package let name: String
    package let description: String
    /// A JSON Schema of an object.
    package let parameters: JSONObject

    package init(name: String, description: String, parameters: JSONObject) {
        self.name = name
        self.description = description
        self.parameters = parameters
    }
}
