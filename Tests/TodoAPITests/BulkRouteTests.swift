import HTTPTypes
import JSON
import Testing

@Suite struct BulkRouteTests {
    @Test("Several tasks are changed at once, and taken back at once")
    func bulk() async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            for title in ["a", "b", "c"] {
                _ = try await api.send(.post, "/api/alice/tasks", token: token, body: ["title": .string(title)])
            }
            func bulk(_ body: JSONValue) async throws -> APIFixture.Reply {
                try await api.send(.post, "/api/alice/tasks/bulk", token: token, body: body)
            }
            func states() async throws -> [String] {
                let reply = try await api.send(.get, "/api/alice/tasks", token: token)
                return (reply.json?["items"]?.array ?? []).map { todo in
                    "\(todo["id"]?.integer ?? 0) \(todo["completed"]?.bool ?? false) \(todo["priority"]?.string ?? "")"
                }
            }
            let done = try await bulk(["action": "complete", "ids": [1, 3, 1]])
            #expect(done.json == ["count": 2, "task_ids": [1, 3], "action": "complete"])
            _ = try await bulk(["action": "set_priority", "ids": [2], "priority": "high"])
            _ = try await bulk(["action": "reopen", "ids": [1, 2]])
            #expect(try await states() == ["1 false medium", "2 false high", "3 true medium"])
            let missing = try await bulk(["action": "delete", "ids": [1, 2, 9]])
            #expect(missing.status == 404)
            #expect(try await states().count == 3, "all or nothing")
            #expect(try await bulk(["action": "delete", "ids": [1, 2, 3]]).status == 200)
            _ = try await api.send(.post, "/api/alice/undo", token: token, raw: nil)
            #expect(try await states() == ["1 false medium", "2 false high", "3 true medium"])
        }
    }

    @Test(
        "What is not right is refused, member by member",
        arguments: [
            (#"{}"#, ["action", "ids"]), (#"{"action":"drop","ids":[1]}"#, ["action"]),
            (#"{"action":"delete","ids":[]}"#, ["ids"]), (#"{"action":"delete","ids":["1"]}"#, ["ids"]),
            (#"{"action":"delete","ids":[1.5]}"#, ["ids"]), (#"{"action":"set_priority","ids":[1]}"#, ["priority"]),
            (#"{"action":"delete","ids":[1],"priority":"low"}"#, ["priority"]),
            (#"{"action":"delete","ids":[1],"user_id":"bob"}"#, ["user_id"]),
        ])
    func refuses(body: String, fields: [String]) async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            let reply = try await api.send(.post, "/api/alice/tasks/bulk", token: token, raw: body)
            #expect(reply.status == 422)
            #expect(reply.fields.sorted() == fields.sorted())
        }
    }

    @Test("Statistics count what there is, and a path that is spelt out hides no method")
    func statistics() async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            let none = try await api.send(.get, "/api/alice/tasks/statistics", token: token)
            #expect(none.json?["total"] == 0 && none.json?["by_priority"] == ["low": 0, "medium": 0, "high": 0])
            _ = try await api.send(
                .post, "/api/alice/tasks", token: token,
                body: ["title": "a", "priority": "high", "due_at": "2020-01-01T00:00:00Z"])
            _ = try await api.send(.post, "/api/alice/tasks", token: token, body: ["title": "b"])
            _ = try await api.send(.patch, "/api/alice/tasks/2/complete", token: token, raw: nil)
            let some = try await api.send(.get, "/api/alice/tasks/statistics", token: token)
            #expect(
                some.json == [
                    "total": 2, "pending": 1, "completed": 1, "overdue": 1, "completed_this_week": 1, "streak_days": 1,
                    "by_priority": ["low": 0, "medium": 1, "high": 1],
                ])
            #expect(try await api.send(.get, "/api/alice/tasks/statistics?x=1", token: token).status == 400)
            let wrong = try await api.send(.delete, "/api/alice/tasks/statistics", token: token)
            #expect(wrong.status == 405 && wrong.headers[.allow] == "GET, HEAD")
            let bulk = try await api.send(.get, "/api/alice/tasks/bulk", token: token)
            #expect(bulk.status == 405 && bulk.headers[.allow] == "POST")
        }
    }
}
