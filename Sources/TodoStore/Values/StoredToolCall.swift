package import JSON

/// A tool call that was executed, with its result.
package struct StoredToolCall: Sendable, Hashable {
    package let id: String
    package let tool: String
    package let arguments: JSONObject
    package let result: JSONValue

    package init(id: String, tool: String, arguments: JSONObject, result: JSONValue) {
        self.id = id
        self.tool = tool
        self.arguments = arguments
        self.result = result
    }
}
