import Foundation
import HTTPTypes
import JSON
import Testing

@Suite struct TaskRouteTests {
    @Test("A task is created, read, changed, completed and deleted")
    func lifeOfATask() async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            let created = try await api.send(
                .post, "/api/alice/tasks", token: token,
                body: [
                    "title": "  Pay rent ", "priority": "high", "tags": ["home"], "due_at": "2026-12-01T10:00:00+01:00",
                ])
            #expect(created.status == 201)
            #expect(created.headers[.location] == "/api/alice/tasks/1")
            #expect(created.headers[.eTag] == "\"1\"")
            #expect(created.json?["title"] == "Pay rent")
            #expect(created.json?["due_at"] == "2026-12-01T09:00:00Z")
            #expect(created.json?["completed"] == false)
            #expect(created.json?["recurrence"] == .null)

            let read = try await api.send(.get, "/api/alice/tasks/1", token: token)
            #expect(read.json == created.json)

            let patched = try await api.send(
                .patch, "/api/alice/tasks/1", token: token, body: ["due_at": nil, "title": "Pay the rent"],
                headers: [.ifMatch: "\"1\""])
            #expect(patched.status == 200)
            #expect(patched.json?["due_at"] == .null)
            #expect(patched.json?["priority"] == "high")
            #expect(patched.headers[.eTag] == "\"2\"")

            let stale = try await api.send(
                .patch, "/api/alice/tasks/1", token: token, body: ["title": "x"], headers: [.ifMatch: "\"1\""])
            #expect(stale.status == 412)
            #expect(stale.code == "precondition_failed")

            let completed = try await api.send(.patch, "/api/alice/tasks/1/complete", token: token, raw: nil)
            #expect(completed.json?["completed"] == true)
            let again = try await api.send(.patch, "/api/alice/tasks/1/complete", token: token, body: [:])
            #expect(again.json?["completed"] == true)
            #expect(again.headers[.eTag] == completed.headers[.eTag])

            let replaced = try await api.send(
                .put, "/api/alice/tasks/1", token: token, body: ["title": "Anew"])
            #expect(replaced.json?["priority"] == "medium")
            #expect(replaced.json?["tags"] == [])
            #expect(replaced.json?["completed"] == false)

            #expect(try await api.send(.delete, "/api/alice/tasks/1", token: token).status == 204)
            #expect(try await api.send(.get, "/api/alice/tasks/1", token: token).status == 404)
            let next = try await api.send(.post, "/api/alice/tasks", token: token, body: ["title": "Next"])
            #expect(next.json?["id"] == 2, "ids are never reused")
        }
    }

    @Test(
        "If-Match allows any of the versions it lists",
        arguments: [
            (#""1""#, 200), (#""9", "1""#, 200), (#""9","1" ,"2""#, 200), ("*", 200), (#"W/"1""#, 412),
            (#"W/"1", "2""#, 412),
            (#""9""#, 412), (#""01""#, 412), ("1", 412), (#"""#, 412), ("", 412), (#"*, "9""#, 412),
        ])
    func ifMatch(value: String, status: Int) async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            _ = try await api.send(.post, "/api/alice/tasks", token: token, body: ["title": "Old"])
            let reply = try await api.send(
                .patch, "/api/alice/tasks/1", token: token, body: ["title": "New"], headers: [.ifMatch: value])
            #expect(reply.status == status)
            let title = try await api.send(.get, "/api/alice/tasks/1", token: token).json?["title"]
            #expect(title == (status == 200 ? "New" : "Old"))
            let missing = try await api.send(.delete, "/api/alice/tasks/7", token: token, headers: [.ifMatch: value])
            #expect(missing.status == 404)
        }
    }

    @Test(
        "A merge patch may call itself one, and no other body may",
        arguments: ["application/json", "application/merge-patch+json", "Application/Merge-Patch+JSON; charset=utf-8"])
    func mergePatch(type: String) async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            _ = try await api.send(.post, "/api/alice/tasks", token: token, body: ["title": "Old", "tags": ["a"]])
            let patched = try await api.send(
                .patch, "/api/alice/tasks/1", token: token, raw: #"{"tags": null}"#, headers: [.contentType: type])
            #expect(patched.json?["tags"] == [])
            let replaced = try await api.send(
                .put, "/api/alice/tasks/1", token: token, raw: #"{"title": "New"}"#, headers: [.contentType: type])
            #expect(replaced.status == (type == "application/json" ? 200 : 415))
        }
    }

    @Test("A list is filtered, sorted and read page by page")
    func lists() async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            for (title, priority) in [("a", "low"), ("b", "high"), ("c", "medium"), ("d", "high")] {
                _ = try await api.send(
                    .post, "/api/alice/tasks", token: token,
                    body: ["title": .string(title), "priority": .string(priority)])
            }
            _ = try await api.send(.patch, "/api/alice/tasks/1/complete", token: token, raw: nil)
            func titles(_ query: String) async throws -> [String] {
                let reply = try await api.send(.get, "/api/alice/tasks\(query)", token: token)
                return reply.json?["items"]?.array?.compactMap { $0["title"]?.string } ?? [reply.text]
            }
            #expect(try await titles("") == ["a", "b", "c", "d"])
            #expect(try await titles("?status=pending") == ["b", "c", "d"])
            #expect(try await titles("?status=completed") == ["a"])
            #expect(try await titles("?priority=high&sort=-title") == ["d", "b"])
            #expect(try await titles("?search=C") == ["c"])
            let first = try await api.send(.get, "/api/alice/tasks?limit=3&sort=-id", token: token)
            let cursor = try #require(first.json?["next_cursor"]?.string)
            #expect(try await titles("?limit=3&sort=-id&cursor=\(cursor)") == ["a"])
            let other = try await api.send(.get, "/api/alice/tasks?sort=title&cursor=\(cursor)", token: token)
            #expect(other.code == "bad_cursor")
        }
    }

    @Test(
        "Bad input is answered with a problem that names it, and changes nothing",
        arguments: [
            ("/tasks", #"{"title": "x""#, 400, "malformed_json", []),
            ("/tasks", #"["x"]"#, 400, "malformed_json", []),
            ("/tasks", #"{"title": "x", "title": "y"}"#, 400, "malformed_json", []),
            ("/tasks", #"{}"#, 422, "validation_failed", ["title"]),
            ("/tasks", #"{"title": "   "}"#, 422, "validation_failed", ["title"]),
            (
                "/tasks", #"{"title": 3, "priority": "urgent", "owner": "bob"}"#, 422, "validation_failed",
                ["title", "priority", "owner"]
            ),
            ("/tasks", #"{"title": "x", "due_at": "tomorrow"}"#, 422, "validation_failed", ["due_at"]),
            ("/chat", #"{"message": ""}"#, 422, "validation_failed", ["message"]),
            ("/chat", #"{"message": "x", "conversation_id": "1"}"#, 422, "validation_failed", ["conversation_id"]),
            ("/chat", #"{"message": "x", "user_id": "bob"}"#, 422, "validation_failed", ["user_id"]),
            ("/chat", #"{"message": "x", "conversation_id": 7}"#, 404, "not_found", []),
        ] as [(String, String, Int, String, [String])])
    func refusesBadInput(path: String, body: String, status: Int, code: String, fields: [String]) async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            let reply = try await api.send(.post, "/api/alice\(path)", token: token, raw: body)
            #expect(reply.status == status)
            #expect(reply.code == code)
            #expect(reply.fields == fields)
            #expect(reply.headers[.contentType] == "application/problem+json")
            #expect(reply.json?["request_id"]?.string == reply.headers[HTTPField.Name("x-request-id") ?? .age])
            let list = try await api.send(.get, "/api/alice/tasks", token: token)
            #expect(list.text == #"{"items":[],"next_cursor":null}"#)
        }
    }

    @Test("A body over the limit, of another type, or too long a title are refused")
    func refusesLargeInput() async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            let large = String(repeating: "x", count: 70_000)
            #expect(
                try await api.send(.post, "/api/alice/tasks", token: token, body: ["title": .string(large)]).status
                    == 413)
            let long: JSONValue = ["title": .string(String(repeating: "é", count: 201))]
            #expect(try await api.send(.post, "/api/alice/tasks", token: token, body: long).status == 422)
            let fits: JSONValue = ["title": .string(String(repeating: "é", count: 200))]
            #expect(try await api.send(.post, "/api/alice/tasks", token: token, body: fits).status == 201)
            let form = try await api.send(
                .post, "/api/alice/tasks", token: token, raw: "title=x",
                headers: [.contentType: "application/x-www-form-urlencoded"])
            #expect(form.status == 415)
        }
    }

    @Test(
        "Bad parameters of a list are refused",
        arguments: [
            ("?limit=0", "bad_parameter"), ("?limit=101", "bad_parameter"), ("?limit=ten", "bad_parameter"),
            ("?status=open", "bad_parameter"), ("?stauts=all", "bad_parameter"), ("?sort=color", "bad_parameter"),
            ("?status=all&status=all", "bad_parameter"), ("?due_from=today", "bad_parameter"),
            ("?search=", "bad_parameter"), ("?search=%20", "bad_parameter"), ("?search=a%07", "bad_parameter"),
            ("?search=%FF", "bad_parameter"), ("?cursor=nonsense", "bad_cursor"),
        ])
    func refusesBadParameters(query: String, code: String) async throws {
        try await APIFixture.run { api in
            let reply = try await api.send(.get, "/api/alice/tasks\(query)", token: try api.token("alice"))
            #expect(reply.status == 400)
            #expect(reply.code == code)
        }
    }

    @Test("The same Idempotency-Key creates one task and replays its answer")
    func createsOnce() async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            let key = try #require(HTTPField.Name("idempotency-key"))
            let replayed = try #require(HTTPField.Name("idempotent-replayed"))
            let first = try await api.send(
                .post, "/api/alice/tasks", token: token, body: ["title": "Once"], headers: [key: "k"])
            let second = try await api.send(
                .post, "/api/alice/tasks", token: token, body: ["title": "Once"], headers: [key: "k"])
            #expect(first.status == 201)
            #expect(second.status == 201)
            #expect(second.json == first.json)
            #expect(second.headers[.location] == first.headers[.location])
            #expect(first.headers[replayed] == nil)
            #expect(second.headers[replayed] == "true")
            let other = try await api.send(
                .post, "/api/alice/tasks", token: token, body: ["title": "Twice"], headers: [key: "k"])
            #expect(other.code == "idempotency_mismatch")
            let list = try await api.send(.get, "/api/alice/tasks", token: token)
            #expect(list.json?["items"]?.array?.count == 1)
        }
    }

    @Test("A user who only reads gets no database")
    func readingCreatesNothing() async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            _ = try await api.send(.get, "/api/alice/tasks", token: token)
            _ = try await api.send(.get, "/api/alice/conversations", token: token)
            _ = try await api.send(.delete, "/api/alice/tasks/1", token: token)
            _ = try await api.send(.patch, "/api/alice/tasks/1", token: token, body: ["title": "x"])
            let files = FileManager.default.enumerator(atPath: api.dataFolder)?.compactMap { $0 as? String } ?? []
            #expect(files.filter { $0.hasSuffix(".sqlite") } == [])
        }
    }
}
