import HTTPTypes
import JSON
import Tokens

/// The OpenAPI 3.1 document of the API, created from the same table as the router.
struct OpenAPIDocument {
    let routes: [Route]

    var json: JSONValue {
        [
            "openapi": "3.1.0",
            "info": [
                "title": "Steward", "version": "1.0.0",
                "description": "A multi-tenant assistant for todo lists.",
            ],
            "security": [["bearer": []]],
            "paths": .object(paths),
            "components": [
                "schemas": .object(Schemas.components),
                "securitySchemes": ["bearer": ["type": "http", "scheme": "bearer", "bearerFormat": "JWT"]],
                "responses": ["Problem": Self.problem],
            ],
        ]
    }

    private var paths: JSONObject {
        var paths = JSONObject()
        for route in routes {
            let path = "/api/{user_id}\(route.path)"
            var item = paths[path]?.object ?? ["parameters": .array(Self.parameters(ofPath: path))]
            item[route.method.rawValue.lowercased()] = Self.operation(route)
            paths[path] = .object(item)
        }
        for path in RouteTable.open { paths[path] = ["get": Self.open(path)] }
        return paths
    }

    private static func operation(_ route: Route) -> JSONValue {
        let operation = route.operation
        var success: JSONObject = ["description": "Done."]
        success["content"] = operation.answer?.json
        var json: JSONObject = [
            "operationId": .string(operation.id), "summary": .string(operation.summary),
            "description": .string("Requires the scope `\(route.scope.claim)`."),
            "responses": [
                "4XX": ["$ref": "#/components/responses/Problem"], "5XX": ["$ref": "#/components/responses/Problem"],
            ],
        ]
        if case .object(var responses)? = json["responses"] {
            responses[String(operation.status)] = .object(success)
            json["responses"] = .object(responses)
        }
        if !operation.parameters.isEmpty { json["parameters"] = .array(operation.parameters.map(\.json)) }
        if let body = operation.body {
            json["requestBody"] = ["required": .bool(operation.requiresBody), "content": body.json]
        }
        return .object(json)
    }

    private static func parameters(ofPath path: String) -> [JSONValue] {
        path.split(separator: "/").filter { $0.first == "{" }.map { segment in
            let name = String(segment.dropFirst().dropLast())
            let schema: JSONValue = name == "id" ? Schemas.id : ["type": "string", "minLength": 1, "maxLength": 128]
            return ["name": .string(name), "in": "path", "required": true, "schema": schema]
        }
    }

    private static func open(_ path: String) -> JSONValue {
        [
            "operationId": .string("get" + path.dropFirst().prefix { $0 != "." }.capitalizedFirst),
            "security": [],
            "responses": [
                "200": ["description": "Fine.", "content": ["application/json": ["schema": ["type": "object"]]]],
                "5XX": ["$ref": "#/components/responses/Problem"],
            ],
        ]
    }

    private static let problem: JSONValue = [
        "description": "An error (RFC 9457).",
        "content": [Problem.mediaType: ["schema": Schemas.reference("Problem")]],
    ]
}

extension Substring {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
