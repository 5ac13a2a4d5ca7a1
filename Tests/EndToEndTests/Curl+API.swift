import JSON
import TestSupport

extension Curl {
    /// Creates a task.
    func callAsFunction(
        _ method: String, _ path: String, token: String, title: String
    ) async throws -> Answer {
        try await self(method, path, token: token, body: JSONValue.object(["title": .string(title)]).text)
    }

    /// Runs one turn, answered as JSON.
    func chat(
        _ user: String, _ message: String, token: String, conversation: JSONValue = .null
    ) async throws -> Answer {
        try await self(
            "POST", "/api/\(user)/chat", token: token, body: Self.turn(message, conversation))
    }

    /// Runs one turn, answered as a stream.
    func streamChat<Result>(
        _ user: String, _ message: String, token: String, conversation: JSONValue = .null,
        _ read: (EventStream) async throws -> Result
    ) async throws -> Result {
        try await stream("POST", "/api/\(user)/chat", token: token, body: Self.turn(message, conversation), read)
    }

    private static func turn(_ message: String, _ conversation: JSONValue) -> String {
        JSONValue.object(["conversation_id": conversation, "message": .string(message)]).text
    }
}
