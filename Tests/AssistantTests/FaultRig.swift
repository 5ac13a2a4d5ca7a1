import JSON
import OpenAICompatible
import ProviderKit
import Synchronization
import Tenants
import TestSupport

@testable import Assistant

/// Turns of a tenant with two targets, `primary` and `backup`, over real connections and a clock that tests move.
struct FaultRig: Sendable {
    let fixture: TurnFixture
    let clock: ManualClock
    let primary: ScriptedUpstream
    let backup: ScriptedUpstream
    private let arrivals: Arrivals

    /// The times at which the primary was called.
    var primaryTimes: [Duration] { arrivals.times.withLock { $0.primary } }
    var backupTimes: [Duration] { arrivals.times.withLock { $0.backup } }

    private final class Arrivals: Sendable {
        let times = Mutex<(primary: [Duration], backup: [Duration])>(([], []))
        /// Opened each time that the chain decides what to do after a failure; each turn has its own.
        let verdicts = Mutex((gate: ScriptedGate(), count: 0))
    }

    /// - Parameters:
    ///   - primary: The primary's answer to the request with this number, from 0, at this time.
    ///   - backup: The backup's answer; text by default.
    static func run(
        primary: @escaping @Sendable (_ index: Int, _ now: Duration) -> ScriptedReply,
        backup: @escaping @Sendable (_ index: Int) -> ScriptedReply = { _ in FaultRig.answer("backup") },
        _ body: @escaping @Sendable (FaultRig) async throws -> Void
    ) async throws {
        let (clock, arrivals) = (ManualClock(), Arrivals())
        try await ScriptedUpstream.run { _, index in
            arrivals.times.withLock { $0.primary.append(clock.now.offset) }
            return primary(index, clock.now.offset)
        } _: { primary in
            try await ScriptedUpstream.run { _, index in
                arrivals.times.withLock { $0.backup.append(clock.now.offset) }
                return backup(index)
            } _: { backup in
                try await ProviderTransport.withTransport(clock: clock) { transport in
                    let chain = [("small", primary), ("large", backup)].map { model, upstream in
                        ProviderTarget(
                            providerID: "openai-compatible",
                            settings: ProviderSettings(model: model, baseURL: upstream.url, allowPrivate: true))
                    }
                    try await TurnFixture.run(
                        chain: chain, clock: clock,
                        chance: {
                            arrivals.verdicts.withLock { verdicts in
                                verdicts.count += 1
                                verdicts.gate.open()
                            }
                            return 0
                        },
                        makeProvider: { try OpenAICompatibleProvider(settings: $1.settings, transport: transport) }
                    ) { fixture in
                        var fixture = fixture
                        fixture.tenant.limits.chatsPerMinute = 100_000
                        try await body(
                            FaultRig(
                                fixture: fixture, clock: clock, primary: primary, backup: backup, arrivals: arrivals))
                    }
                }
            }
        }
    }

    /// Runs one turn. The time stands still while anything is under way, and jumps to the end of each wait for a retry.
    ///
    /// - Parameter mark: The text after which, or with "" the request after which, the time runs until the primary is
    ///   given up.
    func turn(silentAfter mark: String? = nil) async throws -> FaultOutcome {
        let (reached, verdicts) = (ScriptedGate(), ScriptedGate())
        arrivals.verdicts.withLock { $0 = (verdicts, 0) }
        let events = try await withThrowingTaskGroup(of: [TurnEvent]?.self) { group in
            group.addTask {
                try await fixture.events("Hi") { text in
                    if let mark, !mark.isEmpty, text.hasSuffix(mark) { reached.open() }
                }
            }
            group.addTask {
                while !Task.isCancelled {
                    await verdicts.wait()
                    // All waits for retries are within a minute, and there is no other wait.
                    await clock.jump(within: .seconds(60))
                }
                return nil
            }
            if let mark {
                group.addTask {
                    if mark.isEmpty { await primary.arrival() } else { await reached.wait() }
                    // The watch for silence sleeps two seconds at a time.
                    while !Task.isCancelled, arrivals.verdicts.withLock({ $0.count }) == 0 {
                        await clock.jump(within: .seconds(2))
                    }
                    return nil
                }
            }
            defer { group.cancelAll() }
            while let events = try await group.next() { if let events { return events } }
            throw CancellationError()
        }
        return FaultOutcome(events)
    }

    /// A complete answer of 60 tokens from this model.
    static func answer(_ model: String) -> ScriptedReply {
        .stream(tokens(59, model) + [end(model)])
    }

    static func tokens(_ count: Int, _ model: String) -> [ScriptedReply.Step] {
        (1...count).map { .send(chunk(model, ["content": .string("\(model)\($0) ")])) }
    }

    /// The last token, the end and the usage, without `[DONE]`.
    static func end(_ model: String) -> ScriptedReply.Step {
        let usage: JSONValue = [
            "model": .string(model), "choices": [], "usage": ["prompt_tokens": 11, "completion_tokens": 60],
        ]
        let last = chunk(model, ["content": .string("\(model)60 ")])
        return .send(last + chunk(model, [:], finish: "stop") + "data: \(usage.text)\n\n")
    }

    static func error(_ status: Int, _ code: String = "", headers: [(String, String)] = []) -> ScriptedReply {
        let body: JSONValue = ["error": ["message": "The upstream says no.", "code": .string(code)]]
        return .body(status, body.text, headers: headers.map { (name: $0.0, value: $0.1) })
    }

    private static func chunk(_ model: String, _ delta: JSONValue, finish: String? = nil) -> String {
        let reason = finish.map(JSONValue.string) ?? .null
        let chunk: JSONValue = [
            "model": .string(model), "choices": [["index": 0, "delta": delta, "finish_reason": reason]],
        ]
        return "data: \(chunk.text)\n\n"
    }
}

/// The turn as the user saw it.
struct FaultOutcome {
    /// The text of the answer after all restarts.
    private(set) var text = ""
    private(set) var restarts: [String] = []
    private(set) var finished: TurnOutcome?
    private(set) var error: TurnError?

    init(_ events: [TurnEvent]) {
        for event in events {
            switch event {
            case .text(let piece): text += piece
            case .restart(let reason):
                text = ""
                restarts.append(reason)
            case .finished(let outcome): finished = outcome
            case .failed(let failure): error = failure
            default: break
            }
        }
    }

    /// The model whose complete answer was shown; nil when the shown text is not a complete answer.
    var wholeAnswerFrom: String? {
        guard let finished, finished.response == text, text.hasSuffix("60 ") else { return nil }
        return finished.model
    }
}
