import JSON
import TodoStore

/// A failed call as the model is told of it, in words that help it to mend the call.
struct ToolFailure: Error {
    let code: String
    let message: String
    var suggestions: [Todo] = []

    var result: JSONValue {
        var error: JSONObject = ["code": .string(code), "message": .string(message)]
        if !suggestions.isEmpty {
            error["suggestions"] = .array(suggestions.map { ["id": .integer($0.id), "title": .string($0.title)] })
        }
        return ["error": .object(error)]
    }
}
