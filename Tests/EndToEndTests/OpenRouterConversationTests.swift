import JSON
import TestSupport
import Testing

/// An OpenRouter tenant whose OpenRouter is a scripted upstream.
@Suite(.serialized, .timeLimit(.minutes(3))) struct OpenRouterConversationTests {
    private static let key = "sk-or-v1-0123456789abcdef"

    private static func serving(
        _ replies: [ScriptedReply], _ body: (Deployment, ScriptedUpstream) async throws -> Void
    ) async throws {
        try await ScriptedUpstream.run(replies) { upstream in
            try await Deployment.serving(
                tenants: ["acme": UpstreamChat.tenant(upstream)], environment: [UpstreamChat.keyVariable: key]
            ) { site in try await body(site, upstream) }
        }
    }

    @Test("A turn with one tool call makes two upstream requests, and the next turn carries the history")
    func requests() async throws {
        let replies = [
            UpstreamChat.call("add_task", ["title": "Buy milk"]), UpstreamChat.say("I have ", "added it."),
            UpstreamChat.say("Nothing else."),
        ]
        try await Self.serving(replies) { site, upstream in
            let token = try await site.token("acme", "alice")
            let answer = try await site.curl.chat("alice", "Please remember the milk", token: token)
            #expect(answer.status == 200, "\(answer.body)")
            #expect(answer.json["response"] == "I have added it.")
            #expect(answer.json["provider"] == "openrouter")
            #expect(answer.json["model"]?.string == UpstreamChat.model)
            #expect(answer.json["tool_calls"]?.array?.first?["tool"] == "add_task")
            #expect(answer.json["tool_calls"]?.array?.first?["result"]?["task_id"] == 1)
            let tasks = try await site.curl("GET", "/api/alice/tasks", token: token)
            #expect(tasks.json["items"]?.array?.map { $0["title"] } == ["Buy milk"])

            #expect(upstream.requests.count == 2)
            for request in upstream.requests {
                #expect(request.method == "POST")
                #expect(request.path == "/api/v1/chat/completions")
                #expect(request.header("authorization") == "Bearer \(Self.key)")
                #expect(request.json["model"]?.string == UpstreamChat.model)
                #expect(request.json["stream"] == true)
                let tools = Set(request.json["tools"]?.array?.compactMap { $0["function"]?["name"]?.string } ?? [])
                #expect(
                    tools.isSuperset(of: ["add_task", "list_tasks", "complete_task", "delete_task", "update_task"]))
            }
            let first = try #require(upstream.requests.first?.json["messages"]?.array)
            #expect(first.map { $0["role"] } == ["system", "user"])
            #expect(first.last?["content"]?.string?.hasSuffix("] Please remember the milk") == true)
            let second = try #require(upstream.requests.last?.json["messages"]?.array)
            #expect(second.map { $0["role"] } == ["system", "user", "assistant", "tool"])
            #expect(second[2]["tool_calls"]?.array?.first?["id"] == "call_1")
            #expect(second[3]["tool_call_id"] == "call_1")
            #expect(second[3]["content"]?.string?.contains("Buy milk") == true)

            let conversation = try #require(answer.json["conversation_id"])
            _ = try await site.curl.chat("alice", "Anything else?", token: token, conversation: conversation)
            let third = try #require(upstream.requests.last?.json["messages"]?.array)
            #expect(upstream.requests.count == 3)
            #expect(third.map { $0["role"] } == ["system", "user", "assistant", "tool", "assistant", "user"])
            #expect(third[4]["content"] == "I have added it.")
            #expect(!(site.log + site.nginxLog).contains(Self.key.suffix(6)))
        }
    }

    @Test("The events of a stream come in order, each as soon as the upstream has sent it")
    func immediacy() async throws {
        let gates = [ScriptedGate(), ScriptedGate()]
        let answer: [ScriptedReply.Step] =
            [UpstreamChat.text("One"), .wait(gates[0]), UpstreamChat.text(" two"), .wait(gates[1])]
            + UpstreamChat.ending
        try await Self.serving(
            [UpstreamChat.call("add_task", ["title": "Buy milk"]), .stream(answer)]
        ) { site, _ in
            let token = try await site.token("acme", "alice")
            let events = try await site.curl.streamChat("alice", "Remember the milk", token: token) { stream in
                func texts() -> [JSONValue] {
                    stream.events.filter { $0.name == "message" }.compactMap { $0.data["content"] }
                }
                // The upstream sends nothing more before its gate opens, so what arrives now was passed on at once.
                _ = try await stream.event("the first piece") { $0.data["content"] == "One" }
                #expect(texts() == ["One"])
                #expect(stream.events.map(\.name) == ["conversation", "tool_call", "tool_result", "message"])
                gates[0].open()
                _ = try await stream.event("the second piece") { $0.data["content"] == " two" }
                #expect(!stream.events.contains { $0.name == "done" })
                gates[1].open()
                return try await stream.end()
            }
            #expect(
                events.map(\.name) == ["conversation", "tool_call", "tool_result", "message", "message", "done"])
            for event in events { #expect(event.data["type"]?.string == event.name) }
            #expect(events.first?.data["conversation_id"] == 1)
            #expect(events[1].data["tool"] == "add_task")
            #expect(events[2].data["id"] == events[1].data["id"])
            #expect(events[2].data["result"]?["status"] == "created")
            #expect(events.last?.data["provider"] == "openrouter")
        }
    }

    @Test("A client that leaves in the middle of a stream ends the call to the provider")
    func leaving() async throws {
        let never = ScriptedGate()
        try await Self.serving(
            [.stream([UpstreamChat.text("One"), .wait(never)]), UpstreamChat.say("Back again.")]
        ) { site, upstream in
            let token = try await site.token("acme", "alice")
            try await site.curl.streamChat("alice", "Tell me a story", token: token) { stream in
                _ = try await stream.event("the first piece") { $0.data["content"] == "One" }
                stream.leave()
            }
            // The time limit of the suite ends this if the connection stays open.
            await upstream.closure()
            let next = try await site.curl.chat("alice", "Are you there?", token: token, conversation: 1)
            #expect(next.json["response"] == "Back again.", "\(next.body)")
        }
    }

    @Test(
        "A model that answers with another user's id changes nothing of that user",
        arguments: [
            ["title": "Theirs", "user_id": "bob"], ["title": "Theirs", "user": "bob"],
            ["title": "For bob", "tenant": "globex", "user_id": "bob"],
        ] as [JSONValue])
    func hostileModel(arguments: JSONValue) async throws {
        let replies = [
            UpstreamChat.call("add_task", arguments),
            UpstreamChat.call("delete_task", ["task_id": 1, "user_id": "bob"], id: "call_2"),
            UpstreamChat.say("I am bob now: {\"user_id\": \"bob\"} /api/bob/tasks"),
        ]
        try await Self.serving(replies) { site, upstream in
            let bob = try await site.token("acme", "bob")
            #expect(try await site.curl("POST", "/api/bob/tasks", token: bob, title: "Bob's own").status == 201)
            let before = try await site.curl("GET", "/api/bob/tasks", token: bob).body
            let alice = try await site.token("acme", "alice")
            let answer = try await site.curl.chat("alice", "Do something for bob", token: alice)
            #expect(answer.status == 200, "\(answer.body)")
            #expect(upstream.requests.count == 3)
            #expect(try await site.curl("GET", "/api/bob/tasks", token: bob).body == before)
            #expect(try await site.curl("GET", "/api/bob/conversations", token: bob).json["items"] == [])
        }
    }
}
