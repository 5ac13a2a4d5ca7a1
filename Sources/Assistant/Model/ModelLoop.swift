import JSON
import ProviderKit
import Synchronization
import Tenants
import TodoStore
import TodoTools

/// The exchange with the model in one turn: request, tool calls, next request, until the model answers with text.
final class ModelLoop: Sendable {
    /// The maximum number of calls of one model message; the model is told that the others did not run.
    static let maximumCallsPerRound = 16
    /// The target that carries out what the model does not: the adapter of rules, which needs no network.
    static let standIn = ProviderTarget(providerID: "offline", settings: ProviderSettings())
    /// The number of calls that contradict the user's words after which the rules answer.
    private static let mostContradictions = 2

    let id: TurnID
    /// The right to add to the turn, which a later attempt takes away.
    let claim: Turn.Claim
    let request: TurnRequest
    let environment: TurnEnvironment
    let channel: TurnChannel
    let chain: ProviderChain
    let caller: ToolCaller
    let budget: ChangeBudget

    struct State {
        var transcript: Transcript
        /// The text of the model message being written.
        var text = ""
        var calls: [StoredMessage.ToolCall]
        var usage: TokenUsage?
        var outcome: TurnOutcome?
        var asksUser = false
        var isWithoutTools = false
        /// Whether the stand-in answers the rest of the turn.
        var usesStandIn = false
        var knownIDs: KnownIDs
        /// How the rules would carry out the message; nil without the safety net.
        var plan: RulePlan?
        var contradictions = 0
        var hasCorrected = false
    }

    let state: Mutex<State>

    init(
        id: TurnID, claim: Turn.Claim, request: TurnRequest, environment: TurnEnvironment, channel: TurnChannel,
        transcript: Transcript,
        calls: [StoredMessage.ToolCall], confirmed: Set<Change.Effect>, deadline: Duration
    ) {
        self.id = id
        self.claim = claim
        caller = .turn(id.turn, conversation: id.conversation)
        budget = ChangeBudget(of: caller, maximum: request.tenant.assistant.maxChanges, confirmed: confirmed)
        self.request = request
        self.environment = environment
        self.channel = channel
        chain = ProviderChain(
            tenant: request.tenant, account: request.account, conversation: id.conversation,
            history: transcript.history.map(\.turn.id), environment: environment, deadline: deadline)
        var knownIDs = KnownIDs(history: transcript.history, message: request.message)
        for call in calls { knownIDs.add(result: call.result) }
        state = Mutex(State(transcript: transcript, calls: calls, knownIDs: knownIDs))
    }

    /// The answer; nil until `run()` has returned.
    var outcome: TurnOutcome? { state.withLock { $0.outcome } }

    /// Whether the answer ends with a question that the user's next message can confirm.
    var asksUser: Bool { state.withLock { $0.asksUser } }

    /// The shown part of an answer that did not become complete.
    var partialAnswer: String? { state.withLock { $0.text.isEmpty ? nil : $0.text } }

    var usage: TokenUsage? { state.withLock { $0.usage } }

    /// Whether the turn has run calls or shown text.
    var hasEffect: Bool { state.withLock { !$0.calls.isEmpty || !$0.text.isEmpty } }

    /// - Throws: `TurnError`, `ProviderChain.Exhausted`, `CancellationError`, or errors of the store and the channel.
    func run() async throws {
        let rounds = request.tenant.assistant.maxRounds
        // A resumed turn continues with the calls that have no result yet.
        try await runOpenCalls()
        try await planByRules()
        for round in 0...rounds {
            // The last request offers no tools, so that the model describes its progress in text.
            let offersTools = round < rounds && !state.withLock { $0.isWithoutTools }
            let answer = try await answer(offersTools: offersTools)
            environment.reached(.answered(round))
            let calls = answer.completion.message.toolCalls
            guard !calls.isEmpty else {
                if try await isAccepted(answer, isLast: round == rounds) { return try await conclude(answer) }
                // The rules need no further request.
                if round == rounds { return try await conclude(try await askStandIn(offersTools: false)) }
                continue
            }
            guard offersTools else { throw TurnError.tooManyRounds }
            let (toolbox, message) = (environment.toolbox, request.message)
            let isRepetition = state.withLock { state in
                calls.allSatisfy { RepeatedCalls.isRepetition($0, of: state.calls, in: toolbox, message: message) }
            }
            try await run(answer)
            state.withLock { state in
                // A model that only repeats itself, or contradicts the user again, has nothing to add.
                let contradicts = state.contradictions >= Self.mostContradictions
                // Where there is nothing to do for the rules either, the model answers without tools.
                if contradicts, state.plan?.kind == .noChange { state.isWithoutTools = true }
                if isRepetition || contradicts && !state.isWithoutTools { state.usesStandIn = true }
            }
        }
    }

    func pass(on event: ProviderChain.Event) async throws {
        switch event {
        case .alive:
            try await channel.send(.alive)
        case .text(let text):
            guard !text.isEmpty else { return }
            state.withLock { $0.text += text }
            try await channel.send(.text(text))
        case .restart(let reason):
            state.withLock { $0.text = "" }
            try await channel.send(.restart(reason: reason))
        }
    }

    /// Discards the shown text of a message that does not become the answer.
    func discardText() async throws {
        guard state.withLock({ !$0.text.isEmpty }) else { return }
        try await pass(on: .restart(reason: ProviderError.Kind.misbehaved.rawValue))
    }

    private func conclude(_ answer: ProviderChain.Answer) async throws {
        var response = answer.completion.message.content
        let question = try await question(below: response)
        for addition in [note(on: answer, isAsked: question != nil), question].compactMap(\.self) {
            let text = (response.isEmpty ? "" : "\n\n") + addition
            try await pass(on: .text(text))
            response += text
        }
        let whole = response
        state.withLock { state in
            state.asksUser = question != nil
            state.outcome = TurnOutcome(
                id: id, response: whole, toolCalls: state.calls,
                provider: answer.target.providerID, model: answer.completion.model, usage: state.usage)
        }
    }

    /// Returns the question for the user after this turn, including changes requested before an interruption.
    private func question(below answer: String) async throws -> String? {
        // The database is only read if there may be a question.
        let hasRefusals = state.withLock { state in
            state.calls.contains { $0.result["error"]?["code"]?.string == ConfirmationRequired.code }
        }
        guard hasRefusals else { return nil }
        let turn = id.turn
        let question = try await environment.databases.read(request.account, orEmpty: nil) {
            try ConfirmationQuestion(turn: turn, in: $0)
        }
        return question?.text(in: AnswerLanguage.of(answer: answer, message: request.message))
    }
}
