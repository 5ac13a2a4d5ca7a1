import Foundation
import JSON
import ProviderKit
import Secrets
import TestSupport
import Testing

/// The requirements for all HTTP adapters, each over its own wire format.
@Suite struct ProviderConformance {
    static let adapters = ConformanceAdapter.all

    private let request = ChatRequest(
        messages: [.user("What is left?")],
        tools: [ToolDefinition(name: "add_task", description: "Adds a task.", parameters: ["type": "object"])],
        now: Date(timeIntervalSince1970: 1_700_000_000), timeZone: .gmt)

    /// Runs one call of an adapter with an upstream that plays `reply`.
    private func call(
        _ adapter: ConformanceAdapter, _ reply: ScriptedReply, onText: @escaping @Sendable () -> Void = {}
    ) async throws -> ConformanceOutcome {
        try await ScriptedUpstream.run([reply]) { upstream in
            try await ProviderTransport.withTransport(clock: ManualClock()) { transport in
                let provider = try adapter.make(upstream, transport)
                let outcome = await ConformanceOutcome(provider, request, onText: onText)
                #expect(upstream.requests.count == 1)
                return outcome
            }
        }
    }

    /// Runs one call during which the time advances, from the arrival of the request or its first text.
    private func call(
        _ adapter: ConformanceAdapter, _ reply: ScriptedReply, on clock: ManualClock, fromText: Bool
    ) async throws -> ConformanceOutcome {
        try await ScriptedUpstream.run([reply]) { upstream in
            try await ProviderTransport.withTransport(clock: clock) { transport in
                let provider = try adapter.make(upstream, transport)
                let hasText = ScriptedGate()
                let start: @Sendable () async -> Void = {
                    if fromText { await hasText.wait() } else { await upstream.arrival() }
                }
                return try await clock.advancing(by: .seconds(1), once: start) {
                    await ConformanceOutcome(provider, request) { hasText.open() }
                }
            }
        }
    }

    @Test("Text comes as it is written, and the completion has all of it", arguments: adapters)
    func text(_ adapter: ConformanceAdapter) async throws {
        let gate = ScriptedGate()
        let texts = ["One, ", "two 🧀", "."]
        let steps = adapter.text(texts).flatMap { [.send($0), .wait(gate)] as [ScriptedReply.Step] }
        // Each part is sent when the one before it has arrived.
        let reply = ScriptedReply.stream(steps + [.send(adapter.end(false))])
        let outcome = try await call(adapter, reply) { gate.open() }
        #expect(outcome.events == [.began] + texts.map { .text($0) })
        let completion = try #require(outcome.completion)
        #expect(completion.message == AssistantMessage(content: "One, two 🧀."))
        #expect(completion.finish == .stop)
        #expect(completion.model == "the-model")
        #expect(completion.usage?.inputTokens == 9)
        #expect(completion.usage?.outputTokens == 3)
    }

    @Test("Parallel tool calls are whole and told apart", arguments: adapters)
    func toolCalls(_ adapter: ConformanceAdapter) async throws {
        let calls = [("add_task", #"{"title":"buy milk"}"#), ("add_task", #"{"title":"call mom"}"#)]
        let reply = ScriptedReply.stream([.send(adapter.calls(calls) + adapter.end(true))])
        let outcome = try await call(adapter, reply)
        #expect(outcome.events == [.began])
        let completion = try #require(outcome.completion)
        #expect(completion.finish == .toolCalls)
        #expect(completion.message.toolCalls.map(\.arguments) == [["title": "buy milk"], ["title": "call mom"]])
        #expect(Set(completion.message.toolCalls.map(\.id)).count == 2)
    }

    @Test("Calls that come in pieces are the same calls", arguments: adapters)
    func callPieces(_ adapter: ConformanceAdapter) async throws {
        let calls = [("add_task", #"{"title":"buy \"milk\" 🧀"}"#), ("list_tasks", "{}")]
        let reply = ScriptedReply.stream([.send(adapter.callPieces(calls) + adapter.end(true))])
        let completion = try #require(try await call(adapter, reply).completion)
        #expect(completion.message.toolCalls.map(\.name) == ["add_task", "list_tasks"])
        #expect(completion.message.toolCalls.map(\.arguments) == [["title": "buy \"milk\" 🧀"], [:]])
        #expect(completion.message.toolCalls.allSatisfy { $0.defect == nil })
    }

    @Test("A key that comes back in an answer is masked, wherever it is cut", arguments: adapters)
    func echoedKey(_ adapter: ConformanceAdapter) async throws {
        let key = ConformanceAdapter.key
        let texts = ["Your key is ", String(key.prefix(9)), String(key.dropFirst(9)) + ", or sk-con", "firm."]
        let reply = ScriptedReply.stream(adapter.text(texts).map { .send($0) } + [.send(adapter.end(false))])
        let outcome = try await call(adapter, reply)
        let told = outcome.events.map { if case .text(let text) = $0 { text } else { "" } }.joined()
        #expect(told == "Your key is [key], or sk-confirm.")
        #expect(outcome.completion?.message.content == told)

        let calls = adapter.calls([("add_task", #"{"title":"buy \#(key)","\#(key)":["\#(key)"]}"#), (key, "{}")])
        let acted = try await call(adapter, .stream([.send(calls + adapter.end(true))]))
        let completion = try #require(acted.completion)
        #expect(completion.message.toolCalls.map(\.name) == ["add_task", "[key]"])
        #expect(completion.message.toolCalls.first?.arguments == ["title": "buy [key]", "[key]": ["[key]"]])
        #expect(!"\(completion)".contains(key))
    }

    @Test("A damaged event among tool calls runs none of them", arguments: adapters)
    func damagedCall(_ adapter: ConformanceAdapter) async throws {
        let calls = adapter.calls([("add_task", #"{"title":"buy milk"}"#)])
        let reply = ScriptedReply.stream([.send(calls + "data: {\"choices\n\n" + adapter.end(true))])
        #expect(try await call(adapter, reply).error?.kind == .misbehaved)
    }

    @Test("Text without an end is cut off at its limit", arguments: adapters)
    func textLimit(_ adapter: ConformanceAdapter) async throws {
        // Numbered, because a text that repeats itself ends earlier.
        let texts = (0..<12).map { part in (0..<20_000).map { "\(part * 20_000 + $0) " }.joined() }
        let reply = ScriptedReply.stream(adapter.text(texts).map { .send($0) } + [.send(adapter.end(false))])
        #expect(try await call(adapter, reply).error?.kind == .misbehaved)
    }

    @Test("The limit on the tokens of an answer is sent", arguments: adapters)
    func tokenLimit(_ adapter: ConformanceAdapter) async throws {
        let member = ["openai", "groq"].contains(adapter.testDescription) ? "max_completion_tokens" : "max_tokens"
        var request = request
        request.maxOutputTokens = 321
        try await ScriptedUpstream.run([.body(500, "")]) { [request] upstream in
            try await ProviderTransport.withTransport(clock: ManualClock()) { transport in
                _ = await ConformanceOutcome(try adapter.make(upstream, transport), request)
                #expect(upstream.requests.first?.json[member] == 321)
            }
        }
    }

    @Test("An answer that is cut at the token limit is its text, and a call in it never runs", arguments: adapters)
    func cutAtLimit(_ adapter: ConformanceAdapter) async throws {
        let calls = adapter.calls([("add_task", #"{"title":"buy milk"}"#)])
        let text = adapter.text(["You have", " two"]).joined()
        let outcome = try await call(adapter, .stream([.send(text + adapter.endAtLimit)]))
        #expect(outcome.completion?.message == AssistantMessage(content: "You have two"))
        #expect(outcome.completion?.finish == .length)
        #expect(try await call(adapter, .stream([.send(calls + adapter.endAtLimit)])).error?.kind == .truncated)
    }

    @Test("An answer that repeats itself ends early, without the repetition", arguments: adapters)
    func repetition(_ adapter: ConformanceAdapter) async throws {
        let texts = ["You have 2 tasks:\n"] + Array(repeating: "- Task 1: Buy milk\n", count: 200)
        // The stream has no end: only closing the connection does.
        let reply = ScriptedReply.stream(adapter.text(texts).map { .send($0) } + [.wait(ScriptedGate())])
        try await ScriptedUpstream.run([reply]) { upstream in
            try await ProviderTransport.withTransport(clock: ManualClock()) { transport in
                let outcome = await ConformanceOutcome(try adapter.make(upstream, transport), request)
                let completion = try #require(outcome.completion)
                #expect(completion.message.content == "You have 2 tasks:\n- Task 1: Buy milk")
                #expect(completion.finish == .length)
                #expect(completion.isShortened)
                let shown = outcome.events.map { if case .text(let text) = $0 { text } else { "" } }.joined()
                #expect(shown.utf8.count < 1100)
                await upstream.closure()
            }
        }
    }

    @Test("Arguments that repeat themselves end the answer", arguments: adapters)
    func repeatedArguments(_ adapter: ConformanceAdapter) async throws {
        let argument = #"{"title":"milk"# + String(repeating: ", more milk", count: 300)
        let reply = ScriptedReply.stream([.send(adapter.callPieces([("add_task", argument)])), .wait(ScriptedGate())])
        #expect(try await call(adapter, reply).error?.kind == .truncated)
    }

    @Test("A list of models is read, and the key is sent for it", arguments: adapters)
    func models(_ adapter: ConformanceAdapter) async throws {
        let list =
            #"{"data":[{"id":"models/a","context_length":8192},{"id":"b"},{"id":"\#(ConformanceAdapter.key)"},{"name":"no id"}]}"#
        try await ScriptedUpstream.run([.body(200, list), .body(401, "{}")]) { upstream in
            try await ProviderTransport.withTransport(clock: ManualClock()) { transport in
                let provider = try adapter.make(upstream, transport)
                let models = try await provider.models()
                #expect(
                    models == [
                        ProviderModel(id: "a", contextLength: 8192), ProviderModel(id: "b"), ProviderModel(id: "[key]"),
                    ])
                let sent = try #require(upstream.requests.first)
                #expect(sent.method == "GET")
                #expect(sent.headerNames.contains { sent.header($0)?.contains(ConformanceAdapter.key) == true })
                let error = await #expect(throws: ProviderError.self) { try await provider.models() }
                #expect(error?.kind == .key)
            }
        }
    }

    @Test(
        "A refusal is the error that it says, and the key is not in it", arguments: adapters,
        [
            (401, .key), (402, .credit), (404, .model), (429, .rateLimited), (500, .overloaded), (503, .overloaded),
            (400, .request),
        ] as [(Int, ProviderError.Kind)])
    func refusals(_ adapter: ConformanceAdapter, _ refusal: (Int, ProviderError.Kind)) async throws {
        let body = adapter.refusal(refusal.0, "no, \(ConformanceAdapter.key)")
        let outcome = try await call(adapter, .body(refusal.0, body, headers: [("retry-after", "7")]))
        #expect(outcome.error?.kind == refusal.1)
        #expect(outcome.error?.status == refusal.0)
        #expect(outcome.error?.detail.contains(ConformanceAdapter.key) == false)
        let waits = [.rateLimited, .overloaded].contains(refusal.1)
        #expect(outcome.error?.retryAfter == (waits ? .seconds(7) : nil))
        #expect(outcome.events == [])
    }

    @Test("An error instead of an answer, under status 200, is an error", arguments: adapters)
    func errorUnder200(_ adapter: ConformanceAdapter) async throws {
        let outcome = try await call(adapter, .body(200, adapter.refusal(429, "slow")))
        #expect(outcome.error?.kind == .rateLimited)
        #expect(outcome.events == [])
    }

    @Test("An error in the middle of the answer is one, and the text before it was told", arguments: adapters)
    func errorInStream(_ adapter: ConformanceAdapter) async throws {
        let reply = ScriptedReply.stream([.send((adapter.text(["Sure"]) + [adapter.errorEvent]).joined())])
        let outcome = try await call(adapter, reply)
        #expect(outcome.error?.kind == .overloaded)
        #expect(outcome.events == [.began, .text("Sure")])
    }

    @Test("An answer that stops before its end is truncated, never an answer", arguments: adapters)
    func truncation(_ adapter: ConformanceAdapter) async throws {
        let text = adapter.text(["Sure, I"]).joined()
        let calls = adapter.calls([("add_task", #"{"title":"buy milk"}"#)])
        for body in [text, calls] {
            for steps in [[.send(body)], [.send(body), .close]] as [[ScriptedReply.Step]] {
                #expect(try await call(adapter, .stream(steps)).error?.kind == .truncated)
            }
        }
    }

    @Test("A page that is no answer is misbehaviour", arguments: adapters, ["", "<html>Hello</html>", #"{"a":1}"#])
    func noAnswer(_ adapter: ConformanceAdapter, _ body: String) async throws {
        #expect(try await call(adapter, .body(200, body)).error?.kind == .misbehaved)
    }

    @Test("A provider that never begins runs into the first limit, comments or not", arguments: adapters)
    func firstByte(_ adapter: ConformanceAdapter) async throws {
        let clock = ManualClock()
        let reply = ScriptedReply.stream([.send(": still here\n\n"), .wait(ScriptedGate())])
        let outcome = try await call(adapter, reply, on: clock, fromText: false)
        #expect(outcome.error?.kind == .firstByteTimeout)
        #expect(clock.now.offset >= .seconds(15))
    }

    @Test("A provider that stalls runs into the idle limit", arguments: adapters)
    func idle(_ adapter: ConformanceAdapter) async throws {
        let clock = ManualClock()
        let reply = ScriptedReply.stream([.send(adapter.text(["Sure"]).joined()), .wait(ScriptedGate())])
        let outcome = try await call(adapter, reply, on: clock, fromText: true)
        #expect(outcome.error?.kind == .idleTimeout)
        #expect(outcome.events == [.began, .text("Sure")])
    }

    @Test("A complete answer does not wait for the end of its connection", arguments: adapters)
    func openEnd(_ adapter: ConformanceAdapter) async throws {
        let clock = ManualClock()
        let body = adapter.text(["Done."]).joined() + adapter.endOfMessage
        let reply = ScriptedReply.stream([.send(body), .wait(ScriptedGate())])
        let outcome = try await call(adapter, reply, on: clock, fromText: true)
        #expect(outcome.completion?.message.content == "Done.")
    }

    @Test("Cancelling closes the connection to the provider", arguments: adapters)
    func cancel(_ adapter: ConformanceAdapter) async throws {
        let reply = ScriptedReply.stream([.send(adapter.text(["Sure"]).joined()), .wait(ScriptedGate())])
        try await ScriptedUpstream.run([reply]) { upstream in
            try await ProviderTransport.withTransport(clock: ManualClock()) { transport in
                let provider = try adapter.make(upstream, transport)
                let hasText = ScriptedGate()
                let error = await withTaskGroup(of: (any Error)?.self) { group in
                    group.addTask {
                        await ConformanceOutcome(provider, request) { hasText.open() }.failure
                    }
                    await hasText.wait()
                    group.cancelAll()
                    return await group.next() ?? nil
                }
                #expect(error is CancellationError)
                await upstream.closure()
            }
        }
    }

    @Test("What the receiver of events throws ends the call and is thrown on", arguments: adapters)
    func receiverThrows(_ adapter: ConformanceAdapter) async throws {
        struct Gone: Error {}
        let reply = ScriptedReply.stream([.send(adapter.text(["Sure"]).joined()), .wait(ScriptedGate())])
        try await ScriptedUpstream.run([reply]) { upstream in
            try await ProviderTransport.withTransport(clock: ManualClock()) { transport in
                let provider = try adapter.make(upstream, transport)
                await #expect(throws: Gone.self) { try await provider.complete(request) { _ in throw Gone() } }
                await upstream.closure()
            }
        }
    }
}
