import Foundation
import HTTPTypes
import JSON
import Testing

@Suite struct ChatRouteTests {
    @Test("A chat adds a task, and the conversation goes on")
    func chats() async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            let first = try await api.send(
                .post, "/api/alice/chat", token: token,
                body: ["conversation_id": nil, "message": "Add a task to buy groceries"])
            #expect(first.status == 200)
            #expect(first.json?["tool_calls"]?.array?.first?["tool"] == "add_task")
            #expect(first.json?["provider"] == "offline")
            let conversation = try #require(first.json?["conversation_id"])
            let second = try await api.send(
                .post, "/api/alice/chat", token: token,
                body: ["conversation_id": conversation, "message": "Show me all my tasks"])
            #expect(second.json?["conversation_id"] == conversation)
            #expect(second.json?["response"]?.string?.contains("groceries") == true)

            let list = try await api.send(.get, "/api/alice/conversations", token: token)
            #expect(list.json?["items"]?.array?.first?["title"] == "Add a task to buy groceries")
            let messages = try await api.send(.get, "/api/alice/conversations/1/messages", token: token)
            #expect(messages.json?["items"]?.array?.map { $0["role"] } == ["user", "assistant", "user", "assistant"])
            let renamed = try await api.send(
                .patch, "/api/alice/conversations/1", token: token, body: ["title": "Shop"])
            #expect(renamed.json?["title"] == "Shop")
            #expect(try await api.send(.delete, "/api/alice/conversations/1", token: token).status == 204)
            #expect(try await api.send(.get, "/api/alice/conversations/1/messages", token: token).status == 404)
        }
    }

    @Test("A stream has its events in order and exactly one terminal event, and a replay has the same")
    func streams() async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            let key = try #require(HTTPField.Name("idempotency-key"))
            let first = try await api.send(
                .post, "/api/alice/chat", token: token, body: ["message": "Add a task to buy milk"],
                headers: [.accept: "text/event-stream", key: "s1"])
            #expect(first.status == 200)
            #expect(first.headers[.contentType] == "text/event-stream")
            #expect(first.headers[HTTPField.Name("x-accel-buffering") ?? .age] == "no")
            let events = Self.events(first.text)
            #expect(events.first?.type == "conversation")
            #expect(events.map(\.type).filter { $0 == "done" || $0 == "error" } == ["done"])
            #expect(events.last?.type == "done")
            let types = events.map(\.type).filter { $0 != "message" }
            #expect(types == ["conversation", "tool_call", "tool_result", "done"])
            #expect(events.allSatisfy { $0.data["type"]?.string == $0.type })

            let again = try await api.send(
                .post, "/api/alice/chat", token: token, body: ["message": "Add a task to buy milk"],
                headers: [.accept: "text/event-stream", key: "s1"])
            #expect(again.headers[HTTPField.Name("idempotent-replayed") ?? .age] == "true")
            let replayed = Self.events(again.text)
            #expect(replayed.map(\.type) == ["conversation", "tool_call", "tool_result", "message", "done"])
            let text = events.filter { $0.type == "message" }.compactMap { $0.data["content"]?.string }.joined()
            #expect(replayed[3].data["content"]?.string == text)
            let list = try await api.send(.get, "/api/alice/tasks", token: token)
            #expect(list.json?["items"]?.array?.count == 1)
        }
    }

    @Test("A stream that cannot begin is a plain error")
    func failsBeforeTheHead() async throws {
        try await APIFixture.run { api in
            let reply = try await api.send(
                .post, "/api/alice/chat", token: try api.token("alice"),
                body: ["message": "Hi", "conversation_id": 9, "stream": true])
            #expect(reply.status == 404)
            #expect(reply.code == "not_found")
        }
    }

    private static func events(_ text: String) -> [(type: String, data: JSONValue)] {
        text.components(separatedBy: "\n\n").compactMap { block in
            let lines = block.split(separator: "\n")
            guard let type = lines.first(where: { $0.hasPrefix("event: ") })?.dropFirst(7),
                let data = lines.first(where: { $0.hasPrefix("data: ") })?.dropFirst(6)
            else { return nil }
            return (String(type), (try? JSONParser.parse(data)) ?? .null)
        }
    }
}
