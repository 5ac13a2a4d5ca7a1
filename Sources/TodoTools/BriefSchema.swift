import JSON
import ProviderKit

/// The schemas of arguments in few words: names, types, and the values of each enumeration once.
enum BriefSchema {
    private static let dropped: Set<String> = [
        "description", "maxLength", "minLength", "minimum", "maximum", "minItems", "maxItems", "additionalProperties",
    ]
    /// Arguments that a model need not know.
    private static let unnamed: Set<String> = ["limit"]

    static func definitions(of definitions: [ToolDefinition]) -> [ToolDefinition] {
        var known: Set<String> = []
        return definitions.map { definition in
            var parameters = definition.parameters
            parameters["additionalProperties"] = nil
            if parameters["required"]?.array?.isEmpty ?? false { parameters["required"] = nil }
            let properties = parameters["properties"]?.object?.members ?? []
            parameters["properties"] = .object(
                JSONObject(
                    properties.filter { !unnamed.contains($0.name) }.map { property in
                        var schema = brief(property.value)
                        if schema["enum"] != nil, !known.insert(property.name).inserted {
                            schema = schema.without("enum")
                        }
                        return (property.name, schema)
                    }))
            return ToolDefinition(
                name: definition.name, description: definition.description, parameters: parameters)
        }
    }

    private static func brief(_ schema: JSONValue) -> JSONValue {
        guard let object = schema.object else { return schema }
        return .object(
            JSONObject(
                object.members.filter { !dropped.contains($0.name) }.map {
                    ($0.name, $0.name == "items" ? brief($0.value) : $0.value)
                }))
    }
}

extension JSONValue {
    fileprivate func without(_ name: String) -> JSONValue {
        guard var object else { return self }
        object[name] = nil
        return .object(object)
    }
}
