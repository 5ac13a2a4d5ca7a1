import JSON
import TestSupport
import Testing

/// `steward provider check` and `models`, with scripted providers.
@Suite(.timeLimit(.minutes(5))) struct ProviderCheckTests {
    private static let key = "sk-check-0123456789"

    private static func with(
        _ reply: @escaping @Sendable (ScriptedRequest) -> ScriptedReply,
        _ body: (Operator) async throws -> Void
    ) async throws {
        try await ScriptedUpstream.run { request, _ in
            reply(request)
        } _: { upstream in
            try await Operator.with { steward in
                let file = """
                    provider: openai
                    fallbacks: [offline]
                    providers:
                      openai: {base_url: "\(upstream.url)", allow_private: true, model: gpt-4o-mni, api_key: env:ACME_KEY}
                    """
                try steward.folder.write(file + "\n", to: "tenants/acme/tenant.yaml")
                try await body(steward)
            }
        }
    }

    private func check(_ steward: Operator, _ command: String = "check") async throws -> CommandResult {
        try await steward("provider", command, "acme", "--json", environment: ["ACME_KEY": Self.key])
    }

    @Test("A chain that works is good, target by target")
    func good() async throws {
        try await Self.with { _ in
            UpstreamChat.call("list_tasks", ["status": "all"])
        } _: { steward in
            let result = try await check(steward)
            #expect(result.ending == .exited(0), "\(result.errors)")
            let targets = result.json.array ?? []
            #expect(targets.map { $0["provider"] } == ["openai", "offline"])
            for target in targets {
                for question in ["reachable", "key", "model_known", "tools"] { #expect(target[question] == true) }
                #expect(target["first_token_ms"]?.integer != nil)
                #expect(target["problem"] == .null)
            }
            let table = try await steward("provider", "check", "acme", environment: ["ACME_KEY": Self.key])
            #expect(table.output.contains("FIRST TOKEN"))
        }
    }

    @Test("A refused key is named by where it is, never by what it is")
    func badKey() async throws {
        try await Self.with { _ in
            .body(401, #"{"error":{"message":"Incorrect API key provided: \#(Self.key)"}}"#)
        } _: { steward in
            let result = try await check(steward)
            #expect(result.ending == .exited(1))
            #expect(result.json.array?.first?["key"] == false)
            #expect(result.errors.contains("env:ACME_KEY"))
            #expect(!(result.output + result.errors).contains("0123456789"))
        }
    }

    @Test("An unknown model is answered with those that are near")
    func badModel() async throws {
        try await Self.with { request in
            request.method == "GET"
                ? .body(200, #"{"data":[{"id":"gpt-4o"},{"id":"gpt-4o-mini"},{"id":"whisper-1"}]}"#)
                : .body(404, #"{"error":{"message":"no","code":"model_not_found"}}"#)
        } _: { steward in
            let result = try await check(steward)
            #expect(result.ending == .exited(1))
            #expect(result.json.array?.first?["model_known"] == false)
            #expect(result.errors.contains("similar models: gpt-4o-mini"))
            #expect(!result.errors.contains("whisper"))
        }
    }

    @Test("A model that uses no tools is of no use, and one that cannot be reached is none")
    func noTools() async throws {
        try await Self.with { _ in
            UpstreamChat.say("You have no tasks.")
        } _: { steward in
            let result = try await check(steward)
            #expect(result.ending == .exited(1))
            #expect(result.json.array?.first?["tools"] == false)
        }
        try await Self.with { _ in
            ScriptedReply(steps: [.reset])
        } _: { steward in
            let result = try await check(steward)
            #expect(result.ending == .exited(1))
            #expect(result.json.array?.first?["reachable"] == false)
        }
    }

    @Test("Models are listed with what the provider says of them")
    func models() async throws {
        try await Self.with { _ in
            .body(
                200,
                #"""
                {"data":[{"id":"b","context_length":8192,"pricing":{"prompt":"0.00000015","completion":"0"}},{"id":"a"}]}
                """#)
        } _: { steward in
            let result = try await check(steward, "models")
            #expect(result.ending == .exited(0), "\(result.errors)")
            let unknown: JSONValue = [
                "provider": "openai", "model": "a", "context": .null, "input_price": .null, "output_price": .null,
            ]
            #expect(result.json.array?.first == unknown)
            #expect(result.json.array?.last?["context"] == 8192)
            let table = try await steward("provider", "models", "acme", environment: ["ACME_KEY": Self.key])
            #expect(table.output.contains("0.15"))
        }
    }
}
