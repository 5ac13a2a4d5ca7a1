import JSON
import TestSupport
import Testing

/// `steward provider check` of servers on the operator's own machine.
@Suite(.timeLimit(.minutes(5))) struct ProviderCheckOwnServerTests {
    /// Runs a check of a server that answers a chat with `reply` and a list of models with `models`.
    private static func check(
        settings: String = "", assistant: String = "{}", models: String = #"{"data":[]}"#,
        _ reply: @escaping @Sendable (ScriptedRequest) -> ScriptedReply,
        _ body: (CommandResult, [ScriptedRequest]) async throws -> Void
    ) async throws {
        try await ScriptedUpstream.run { request, _ in
            request.method == "GET" ? .body(200, models) : reply(request)
        } _: { upstream in
            try await Operator.with { steward in
                let file = """
                    provider: openai-compatible
                    assistant: \(assistant)
                    providers:
                      openai-compatible: {base_url: "\(upstream.url)/v1", allow_private: true, model: qwen\(settings)}
                    """
                try steward.folder.write(file + "\n", to: "tenants/acme/tenant.yaml")
                try await body(try await steward("provider", "check", "acme", "--json"), upstream.requests)
            }
        }
    }

    private static let call: @Sendable (ScriptedRequest) -> ScriptedReply = { _ in
        UpstreamChat.call("list_tasks", [:], promptTokens: 900)
    }

    private static func late(_ pause: Duration) -> @Sendable (ScriptedRequest) -> ScriptedReply {
        { request in
            var reply = call(request)
            reply.steps.insert(.pause(pause), at: 0)
            return reply
        }
    }

    @Test("The request is that of a chat: its prompt, its tools and its limit")
    func realRequest() async throws {
        try await Self.check(
            assistant: "{instructions: Be polite., max_output_tokens: 77}", Self.call
        ) { result, requests in
            #expect(result.ending == .exited(0), "\(result.errors)")
            let body = requests.first?.json ?? .null
            let system = body["messages"]?.array?.first?["content"]?.string ?? ""
            #expect(system.contains("todo assistant") && system.contains("Be polite."))
            #expect(body["tools"]?.array?.count == 9)
            #expect(body["max_tokens"] == 77)
            let target = result.json.array?.first
            #expect(target?["prompt_tokens"] == 900)
            #expect(target?["warnings"] == [])
        }
    }

    @Test("An answer that begins too late for the tenant's chats is a problem")
    func firstByte() async throws {
        try await Self.check(
            settings: ", timeouts: {first_byte: 100ms}", Self.late(.milliseconds(400))
        ) { result, _ in
            #expect(result.ending == .exited(1))
            #expect(result.json.array?.first?["tools"] == true)
            #expect(result.json.array?.first?["first_byte_ms"] == 100)
            #expect(result.errors.contains("timeouts.first_byte (100ms) ends every chat"))
        }
    }

    @Test("A model that calls nothing is told from a server that drops the tools")
    func droppedTools() async throws {
        let silent: @Sendable (ScriptedRequest) -> ScriptedReply = { _ in
            UpstreamChat.say("You have none.", promptTokens: 230)
        }
        try await Self.check(silent) { result, requests in
            #expect(result.ending == .exited(1))
            #expect(result.json.array?.first?["tools"] == false)
            #expect(result.errors.contains("drops the tools"))
            #expect(requests.filter { $0.method == "POST" }.map { $0.json["tools"] == nil } == [false, true])
        }
        // The tools were counted, or the server counts only what it has not cached: the model has not called any.
        for tokens in [1_900, 8] {
            let reader: @Sendable (ScriptedRequest) -> ScriptedReply = { request in
                let hasTools = request.json["tools"] != nil
                return UpstreamChat.say("You have none.", promptTokens: hasTools ? tokens : 230)
            }
            try await Self.check(reader) { result, _ in
                #expect(result.ending == .exited(1))
                #expect(result.errors.contains("does not call tools"))
                #expect(!result.errors.contains("drops"))
            }
        }
        // Only one answer: the count itself must be plausible.
        let busy: @Sendable (ScriptedRequest) -> ScriptedReply = { request in
            request.json["tools"] == nil ? .body(503, "{}") : UpstreamChat.say("None.", promptTokens: 100)
        }
        try await Self.check(busy) { result, _ in #expect(result.errors.contains("drops the tools")) }
    }

    @Test(
        "The context is shown, and a prompt that takes half of it is a warning",
        arguments: [
            (#"{"data":[{"id":"other.gguf","meta":{"n_ctx":8192,"n_ctx_train":32768}}]}"#, 8192, 0, 0),
            (#"{"data":[{"id":"other","max_model_len":512},{"id":"qwen","max_model_len":2048}]}"#, 2048, 0, 0),
            (#"{"data":[{"id":"qwen","meta":{"n_ctx_train":1024}}]}"#, 1024, 1, 0),
            (#"{"data":[{"id":"qwen","context_length":900}]}"#, 900, 0, 1),
            (#"{"data":[{"id":"a"},{"id":"b","max_model_len":9}]}"#, nil, 0, 0), ("{}", nil, 0, 0),
        ] as [(String, Int?, Int, Int)])
    func context(_ models: String, _ context: Int?, _ warnings: Int, _ failures: Int) async throws {
        try await Self.check(models: models, Self.call) { result, _ in
            let target = result.json.array?.first
            #expect(target?["context_tokens"]?.integer == context)
            #expect(target?["warnings"]?.array?.count == warnings)
            #expect(result.ending == .exited(failures > 0 ? 1 : 0))
        }
    }

    @Test("Without timeouts in the file, a local server has three minutes, and a turn five")
    func defaults() async throws {
        try await Operator.with { steward in
            let file = """
                provider: openai-compatible
                providers:
                  openai-compatible: {base_url: "http://127.0.0.1:1/v1", allow_private: true, model: qwen}
                """
            try steward.folder.write(file + "\n", to: "tenants/acme/tenant.yaml")
            let shown = try await steward("tenant", "show", "acme", "--json").json
            #expect(shown["chain"]?.array?.first?["timeouts"] == ["first_byte": "3m", "idle": "1m"])
            #expect(shown["assistant"]?["deadline"] == "5m")
            #expect(shown["assistant"]?["max_output_tokens"] == 2000)
            let created = try await steward("tenant", "create", "globex", "--provider", "openai-compatible")
            #expect(created.succeeded, "\(created.errors)")
            let text = steward.folder.text(of: "tenants/globex/tenant.yaml")
            #expect(text.contains("timeouts: {first_byte: 3m, idle: 1m}"))
        }
    }
}
