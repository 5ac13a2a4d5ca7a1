import JSON
import ProviderKit
import Synchronization
import Tenants
import Time
import TodoStore
import TodoTools

/// The exchange with the model in one turn: request, tool calls, next request, until the model answers with text.
final class ModelLoop: Sendable {
    /// The maximum number of calls of one model message; the model is told that the others did not run.
    static let maximumCallsPerRound = 16

    let id: TurnID
    /// The right to add to the turn, which a later attempt takes away.
    let claim: Turn.Claim
    private let request: TurnRequest
    private let environment: TurnEnvironment
    private let channel: TurnChannel
    private let chain: ProviderChain
    private let caller: ToolCaller
    private let budget: ChangeBudget

    private struct State {
        var transcript: Transcript
        /// The text of the model message being written.
        var text = ""
        var calls: [StoredMessage.ToolCall]
        var usage: TokenUsage?
        var outcome: TurnOutcome?
        var asksUser = false
        /// Whether the stand-in answers the rest of the turn.
        var usesStandIn = false
    }

    private let state: Mutex<State>

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
        chain = ProviderChain(tenant: request.tenant, environment: environment, deadline: deadline)
        state = Mutex(State(transcript: transcript, calls: calls))
    }

    /// The answer; nil until `run()` has returned.
    var outcome: TurnOutcome? { state.withLock { $0.outcome } }

    /// Whether the answer ends with a question that the user's next message can confirm.
    var asksUser: Bool { state.withLock { $0.asksUser } }

    /// The shown part of an answer that did not become complete.
    var partialAnswer: String? { state.withLock { $0.text.isEmpty ? nil : $0.text } }

    var usage: TokenUsage? { state.withLock { $0.usage } }

    /// - Throws: `TurnError`, `ProviderChain.Exhausted`, `CancellationError`, or errors of the store and the channel.
    func run() async throws {
        let rounds = request.tenant.assistant.maxRounds
        // A resumed turn continues with the calls that have no result yet.
        try await runOpenCalls()
        for round in 0...rounds {
            // The last request offers no tools, so that the model describes its progress in text.
            let answer = try await answer(offering: round < rounds ? environment.toolbox.definitions : [])
            environment.reached(.answered(round))
            let calls = answer.completion.message.toolCalls
            guard !calls.isEmpty else { return try await conclude(answer) }
            guard round < rounds else { throw TurnError.tooManyRounds }
            let (toolbox, message) = (environment.toolbox, request.message)
            let isRepetition = state.withLock { state in
                calls.allSatisfy { RepeatedCalls.isRepetition($0, of: state.calls, in: toolbox, message: message) }
            }
            try await run(answer)
            // A model that only repeats itself has nothing to add.
            if isRepetition { state.withLock { $0.usesStandIn = true } }
        }
    }

    /// Asks the model, and the stand-in when the model says nothing more after its calls: the changes are stored, and a
    /// client that was told of an error would ask for them again.
    private func answer(offering tools: [ToolDefinition]) async throws -> ProviderChain.Answer {
        if state.withLock({ $0.usesStandIn }) { return try await askStandIn(offering: tools) }
        let answer = try await ask(offering: tools)
        guard answer.completion.isEmpty else { return answer }
        let isShown = state.withLock { state in
            state.usesStandIn = true
            return !state.text.isEmpty
        }
        if isShown { try await pass(on: .restart(reason: ProviderError.Kind.misbehaved.rawValue)) }
        return try await askStandIn(offering: tools)
    }

    /// The target that answers from the stored results: the adapter of rules, which needs no network.
    private static let standIn = ProviderTarget(providerID: "offline", settings: ProviderSettings())

    private func askStandIn(offering tools: [ToolDefinition]) async throws -> ProviderChain.Answer {
        let provider = try environment.makeProvider(request.tenant.id, Self.standIn)
        let transcript = state.withLock { $0.transcript }
        let request = ChatRequest(
            messages: transcript.messages(for: Self.standIn.providerID), tools: tools, now: environment.now().date,
            timeZone: request.tenant.assistant.timeZone)
        let completion = try await provider.complete(request) { event in
            if case .text(let text) = event { try await self.pass(on: .text(text)) }
        }
        return ProviderChain.Answer(completion: completion, target: Self.standIn)
    }

    private func ask(offering tools: [ToolDefinition]) async throws -> ProviderChain.Answer {
        let transcript = state.withLock { state in
            state.text = ""
            return state.transcript
        }
        let (now, zone) = (environment.now().date, request.tenant.assistant.timeZone)
        let (wanted, limit) = (request.tenant.chain.first?.providerID, request.tenant.assistant.maxOutputTokens)
        let answer = try await chain.complete(
            { target in
                ChatRequest(
                    messages: transcript.messages(for: target.providerID), tools: tools, now: now, timeZone: zone,
                    maxOutputTokens: limit, isFallback: target.providerID != wanted)
            }, allowsEmpty: !transcript.steps.isEmpty
        ) { event in
            try await self.pass(on: event)
        }
        state.withLock { state in
            guard let usage = answer.completion.usage else { return }
            state.usage = state.usage.map { $0 + usage } ?? usage
        }
        return answer
    }

    private func pass(on event: ProviderChain.Event) async throws {
        switch event {
        case .alive:
            try await channel.send(.alive)
        case .text(let text):
            state.withLock { $0.text += text }
            try await channel.send(.text(text))
        case .restart(let reason):
            state.withLock { $0.text = "" }
            try await channel.send(.restart(reason: reason))
        }
    }

    private func conclude(_ answer: ProviderChain.Answer) async throws {
        var response = answer.completion.message.content
        let question = try await question(below: response)
        if let question {
            let text = "\n\n" + question
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

    private func run(_ answer: ProviderChain.Answer) async throws {
        let message = answer.completion.message
        let step = TurnStep.model(
            content: message.content,
            calls: message.toolCalls.map {
                TurnStep.Call(id: $0.id, name: $0.name, arguments: $0.arguments, opaque: $0.opaque)
            },
            provider: answer.target.providerID, opaque: message.opaque)
        state.withLock { $0.transcript.steps.append(step) }
        try await runOpenCalls(of: message, storing: step)
    }

    /// Runs the calls of the last message in order. The result of each is stored before the next one begins.
    ///
    /// `step` is stored together with the first result, because it is useless without one.
    private func runOpenCalls(of message: AssistantMessage? = nil, storing step: TurnStep? = nil) async throws {
        var unstored = step
        for (position, open) in state.withLock({ $0.transcript.openCalls }).enumerated() {
            let call = open.call
            try await channel.send(.toolCall(id: call.id, tool: call.name, arguments: call.arguments))
            let defect = message?.toolCalls[position].defect
            let result = try await perform(call, at: open.index, position: position, defect: defect, after: unstored)
            unstored = nil
            environment.reached(.called(open.index))
            state.withLock { state in
                state.transcript.steps.append(
                    .tool(callIndex: open.index, callID: call.id, tool: call.name, result: result))
                state.calls.append(
                    StoredMessage.ToolCall(id: call.id, tool: call.name, arguments: call.arguments, result: result))
            }
            try await channel.send(.toolResult(id: call.id, tool: call.name, result: result))
        }
    }

    /// Runs one call, with its change, its journal entry and its result in one transaction.
    private func perform(
        _ call: TurnStep.Call, at index: Int, position: Int, defect: String?, after modelStep: TurnStep?
    ) async throws -> JSONValue {
        do {
            if let defect { throw ToolFailure.malformedArguments(defect) }
            if position >= Self.maximumCallsPerRound {
                throw ToolFailure.tooManyCalls(limit: Self.maximumCallsPerRound)
            }
            let (toolbox, budget, message) = (environment.toolbox, budget, request.message)
            let earlier = state.withLock { state in
                RepeatedCalls.result(of: call.name, call.arguments, in: state.calls, toolbox: toolbox, message: message)
            }
            // An equal call changes nothing again: small models repeat a call whose result they have not understood.
            if let earlier { return try await store(call, at: index, after: modelStep) { _ in earlier } }
            return try await store(call, at: index, after: modelStep) { context in
                let result = try toolbox.run(call.name, call.arguments, in: context)
                try budget.check(context.transaction)
                return result
            }
        } catch let failure as ToolFailure {
            // The transaction of the tool is rolled back completely; its failure is stored as the result.
            return try await store(call, at: index, after: modelStep) { _ in failure.result }
        } catch StoreError.tooMuchWork {
            return try await store(call, at: index, after: modelStep) { _ in ToolFailure.tooMuchWork.result }
        } catch let confirmation as ConfirmationRequired {
            return try await store(call, at: index, after: modelStep) {
                try confirmation.ask(in: $0.transaction).result
            }
        }
    }

    private func store(
        _ call: TurnStep.Call, at index: Int, after modelStep: TurnStep?,
        _ body: @escaping @Sendable (ToolContext) throws -> JSONValue
    ) async throws -> JSONValue {
        try Task.checkCancellation()
        let (claim, caller, timeZone) = (claim, caller, request.tenant.assistant.timeZone)
        return try await environment.databases.write(request.account, limits: request.tenant.storeLimits) {
            if let modelStep { try $0.appendStep(claim, modelStep) }
            let result = try body(ToolContext(transaction: $0, caller: caller, timeZone: timeZone))
            try $0.appendStep(
                claim, .tool(callIndex: index, callID: call.id, tool: call.name, result: result))
            return result
        }
    }
}

extension ChatCompletion {
    /// Whether the message has neither calls nor text.
    fileprivate var isEmpty: Bool {
        message.toolCalls.isEmpty && message.content.unicodeScalars.allSatisfy(\.properties.isWhitespace)
    }
}
