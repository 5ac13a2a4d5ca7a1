package import JSON
package import TodoStore

/// Builders of JSON Schemas (draft 2020-12), for the arguments of tools and for the OpenAPI document.
package enum JSONSchema {
    /// An object.
    /// - Parameter isClosed: Whether other members than `properties` are invalid.
    package static func object(
        _ properties: JSONObject, required: [String]? = nil, isClosed: Bool = false
    ) -> JSONObject {
        var schema: JSONObject = ["type": "object", "properties": .object(properties)]
        schema["required"] = required.map { .array($0.map { .string($0) }) }
        if isClosed { schema["additionalProperties"] = false }
        return schema
    }

    package static func array(_ items: JSONValue) -> JSONValue { ["type": "array", "items": items] }

    package static func string(_ description: String? = nil, maxLength: Int? = nil) -> JSONValue {
        var schema = typed("string", description)
        schema["maxLength"] = maxLength.map { .integer($0) }
        return .object(schema)
    }

    /// A string within the length that requests are checked against.
    package static func text(_ rule: TextRule, nullable: Bool = false) -> JSONValue {
        [
            "type": nullable ? ["string", "null"] : "string", "minLength": .integer(rule.length.lowerBound),
            "maxLength": .integer(rule.length.upperBound),
        ]
    }

    package static func integer(_ description: String? = nil, in range: ClosedRange<Int>) -> JSONValue {
        var schema = typed("integer", description)
        schema["minimum"] = .integer(range.lowerBound)
        schema["maximum"] = .integer(range.upperBound)
        return .object(schema)
    }

    package static func boolean(_ description: String? = nil) -> JSONValue { .object(typed("boolean", description)) }

    /// A string that is one of an enumeration's raw values.
    package static func choice<T: RawRepresentable<String> & CaseIterable>(
        _ type: T.Type, _ description: String? = nil
    ) -> JSONValue {
        var schema = typed("string", description)
        schema["enum"] = .array(T.allCases.map { .string($0.rawValue) })
        return .object(schema)
    }

    private static func typed(_ type: String, _ description: String?) -> JSONObject {
        var schema: JSONObject = ["type": .string(type)]
        schema["description"] = description.map { .string($0) }
        return schema
    }
}
