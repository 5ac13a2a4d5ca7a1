import JSON
import TodoTools

/// The description of a route in the document: its input and its successful answer.
package struct Operation: Sendable {
    /// A parameter of the query string or a header.
    struct Parameter: Sendable {
        let name: String
        let description: String
        let schema: JSONValue
        var location = "query"
    }

    /// A body in one or more media types.
    struct Content: Sendable {
        let schemas: [(type: String, schema: JSONValue)]

        static func json(_ schema: JSONValue) -> Content { Content(schemas: [("application/json", schema)]) }
    }

    let id: String
    let summary: String
    var parameters: [Parameter] = []
    var body: Content?
    var requiresBody = true
    /// The status of a successful answer.
    var status = 200
    var answer: Content?
}

extension Operation.Parameter {
    static let limit = Self(
        name: "limit", description: "The maximum number of items of a page.", schema: JSONSchema.integer(in: 1...100))
    static let cursor = Self(
        name: "cursor", description: "The `next_cursor` of the previous page.", schema: ["type": "string"])
    static let ifMatch = Self(
        name: "If-Match", description: "The entity tags of the versions that may be changed, or *.",
        schema: ["type": "string"],
        location: "header")
    static let idempotencyKey = Self(
        name: "Idempotency-Key", description: "The same key and body gets the same answer, for 24 hours.",
        schema: ["type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"], location: "header")

    var json: JSONValue {
        ["name": .string(name), "in": .string(location), "description": .string(description), "schema": schema]
    }
}

extension Operation.Content {
    var json: JSONValue {
        .object(JSONObject(schemas.map { ($0.type, ["schema": $0.schema] as JSONValue) }))
    }
}
