import Assistant
import HTTPTypes
import Identity
import JSON
import Testing
import TodoStore

@testable import TodoAPI

@Suite struct JournalRouteTests {
    @Test("Changes are listed newest first, and undone by id, by turn, or the last one")
    func undoes() async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            func undo(_ body: JSONValue? = nil) async throws -> APIFixture.Reply {
                try await api.send(.post, "/api/alice/undo", token: token, body: body)
            }
            let chat = try await api.send(
                .post, "/api/alice/chat", token: token, body: ["message": "Add milk and eggs"])
            _ = try await api.send(.post, "/api/alice/tasks", token: token, body: ["title": "Rent"])
            _ = try await api.send(.delete, "/api/alice/tasks/3", token: token)
            let changes = try await api.send(.get, "/api/alice/changes?limit=2", token: token)
            let items = try #require(changes.json?["items"]?.array)
            #expect(items.map { $0["kind"] } == ["deleted", "created"])
            #expect(items[0]["actor"] == "user" && items[0]["turn_id"] == nil && items[0]["after"] == .null)
            #expect(items[0]["before"]?["title"] == "Rent" && items[1]["before"] == .null)
            let cursor = try #require(changes.json?["next_cursor"]?.string)
            let rest = try await api.send(.get, "/api/alice/changes?cursor=\(cursor)", token: token)
            #expect(rest.json?["items"]?.array?.map { $0["actor"] } == ["assistant", "assistant"])
            #expect(rest.json?["items"]?.array?.first?["turn_id"] == chat.json?["turn_id"])

            let last = try await undo()
            #expect(last.status == 200)
            #expect(last.json?["undone"]?.array?.first?["undone_by"] == 5)
            let restored = try await api.send(.get, "/api/alice/tasks/3", token: token)
            #expect(restored.json?["title"] == "Rent" && restored.headers[.eTag] == "\"2\"")

            let turn = try await undo(["turn_id": try #require(chat.json?["turn_id"])])
            #expect(turn.json?["undone"]?.array?.count == 2)
            let again = try await undo(["turn_id": 1])
            #expect(again.status == 409 && again.code == "conflict")

            _ = try await api.send(.patch, "/api/alice/tasks/3", token: token, body: ["title": "Pay rent"])
            let conflict = try await undo(["change_id": 5])
            #expect(conflict.status == 409 && conflict.code == "conflict")
            #expect(
                conflict.json?["differences"] == [
                    ["task_id": 3, "field": "title", "expected": "Rent", "current": "Pay rent"]
                ])
            #expect(try await undo(["change_id": 99]).status == 404)
            #expect(try await undo(["change_id": 1, "turn_id": 1]).status == 422)
            #expect(try await undo(["change": 1]).fields == ["change"])
        }
    }

    @Test("A user without a database has no changes, and gets no database by asking for an undo")
    func empty() async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            let changes = try await api.send(.get, "/api/alice/changes", token: token)
            #expect(changes.json == ["items": [], "next_cursor": nil])
            #expect(try await api.send(.post, "/api/alice/undo", token: token, raw: nil).status == 404)
        }
    }

    @Test("Said in a chat, undo takes the whole last turn back, once the user has confirmed what it deletes")
    func undoesInChat() async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            func say(_ text: String) async throws -> APIFixture.Reply {
                try await api.send(
                    .post, "/api/alice/chat", token: token,
                    body: ["message": .string(text), "conversation_id": 1])
            }
            func count() async throws -> Int? {
                try await api.send(.get, "/api/alice/tasks", token: token).json?["items"]?.array?.count
            }
            _ = try await api.send(.post, "/api/alice/chat", token: token, body: ["message": "Add milk and eggs"])
            let asked = try await say("undo that")
            #expect(asked.json?["tool_calls"]?.array?.first?["result"]?["error"]?["code"] == "confirmation_required")
            #expect(try await count() == 2)
            _ = try await say("yes")
            #expect(try await count() == 0)
            _ = try await say("Add bread")
            _ = try await say("undo")
            #expect(try await count() == 0)
        }
    }

    @Test("A repeated undo with the same key is done once")
    func idempotent() async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            let key = try #require(HTTPField.Name("idempotency-key"))
            for title in ["a", "b", "c"] {
                _ = try await api.send(.post, "/api/alice/tasks", token: token, body: ["title": .string(title)])
            }
            for _ in 1...2 {
                _ = try await api.send(.post, "/api/alice/undo", token: token, raw: nil, headers: [key: "k"])
            }
            let list = try await api.send(.get, "/api/alice/tasks", token: token)
            #expect(list.json?["items"]?.array?.map { $0["title"] } == ["a", "b"])
        }
    }

    @Test("An undo whose answer is larger than a request may be is repeated as it was")
    func idempotentAndLarge() async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            let key = try #require(HTTPField.Name("idempotency-key"))
            let account = Account(tenant: try #require(TenantID("acme")), user: try #require(UserID("alice")))
            let description = String(repeating: "😀", count: 1000)
            _ = try await api.databases.write(account) { transaction in
                for number in 1...200 {
                    _ = try transaction.addTodo(
                        TodoDraft(title: "t \(number)", description: description), origin: .user)
                }
            }
            let ids = JSONValue.array((1...200).map { .integer($0) })
            let bulk: JSONValue = ["action": "complete", "ids": ids]
            _ = try await api.send(.post, "/api/alice/tasks/bulk", token: token, body: bulk)
            let first = try await api.send(.post, "/api/alice/undo", token: token, raw: nil, headers: [key: "k"])
            #expect(first.status == 200 && first.text.utf8.count > 1 << 20)
            for _ in 1...2 {
                let again = try await api.send(.post, "/api/alice/undo", token: token, raw: nil, headers: [key: "k"])
                #expect(again.status == 200 && again.text == first.text)
            }
        }
    }

    @Test("An answer for which the user has no room is not kept, and a repetition does nothing again")
    func idempotentWithoutRoom() async throws {
        try await APIFixture.run { api in
            let account = Account(tenant: try #require(TenantID("acme")), user: try #require(UserID("alice")))
            let claim = IdempotencyClaim(key: "k", requestHash: [1])
            func add(_ api: APIFixture) async throws -> StoredAnswer {
                try await api.databases.write(account, limits: StoreLimits(bytes: 1 << 20)) { transaction in
                    try transaction.once(claim, status: .ok) {
                        _ = try transaction.addTodo(TodoDraft(title: "t"), origin: .user)
                        return .string(String(repeating: "x", count: 1 << 20))
                    }
                }
            }
            #expect(try await add(api).isReplayed == false)
            let problem = await #expect(throws: Problem.self) { try await add(api) }
            #expect(problem?.code == .conflict)
            #expect(problem?.headers[.retryAfter] == nil)
            #expect(try await api.databases.read(account, orEmpty: 0) { try $0.counts().tasks } == 1)
        }
    }
}
