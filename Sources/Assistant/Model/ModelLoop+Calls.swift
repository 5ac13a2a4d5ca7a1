import JSON
import ProviderKit
import Synchronization
import Tenants
import TodoStore
import TodoTools

extension ModelLoop {
    func run(_ answer: ProviderChain.Answer) async throws {
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
    func runOpenCalls(of message: AssistantMessage? = nil, storing step: TurnStep? = nil) async throws {
        var unstored = step
        for (position, open) in state.withLock({ $0.transcript.openCalls }).enumerated() {
            let call = open.call
            try await channel.send(.toolCall(id: call.id, tool: call.name, arguments: call.arguments))
            let defect = message?.toolCalls[position].defect
            let result = try await perform(open, position: position, defect: defect, after: unstored)
            unstored = nil
            environment.reached(.called(open.index))
            state.withLock { state in
                state.transcript.steps.append(
                    .tool(callIndex: open.index, callID: call.id, tool: call.name, result: result))
                state.calls.append(
                    StoredMessage.ToolCall(id: call.id, tool: call.name, arguments: call.arguments, result: result))
                state.knownIDs.add(result: result)
            }
            try await didRun(open, result)
            try await channel.send(.toolResult(id: call.id, tool: call.name, result: result))
        }
    }

    /// Runs one call, with its change, its journal entry and its result in one transaction.
    private func perform(
        _ open: Transcript.OpenCall, position: Int, defect: String?, after modelStep: TurnStep?
    ) async throws -> JSONValue {
        let (call, index) = (open.call, open.index)
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
            let guess = try guess(in: open)
            let arguments = state.withLock { $0.plan?.trimmed(call.name, call.arguments) ?? call.arguments }
            return try await store(call, at: index, after: modelStep) { context in
                if let failure = try guess?.failure(for: message, in: context.transaction) { throw failure }
                let result = try toolbox.run(call.name, arguments, in: context)
                try budget.check(context.transaction)
                return result
            }
        } catch let failure as ToolFailure {
            // The transaction of the tool is rolled back completely; its failure is stored as the result.
            return try await store(call, at: index, after: modelStep) { _ in failure.result }
        } catch StoreError.tooMuchWork {
            return try await store(call, at: index, after: modelStep) { _ in ToolFailure.tooMuchWork.result }
        } catch let confirmation as ConfirmationRequired {
            let language = AnswerLanguage.of(answer: "", message: request.message)
            return try await store(call, at: index, after: modelStep) {
                try confirmation.ask(in: $0.transaction) { ConfirmationQuestion.sentence($0, in: language) }.result
            }
        }
    }

    private func store(
        _ call: TurnStep.Call, at index: Int, after modelStep: TurnStep?,
        _ body: @escaping @Sendable (ToolContext) throws -> JSONValue
    ) async throws -> JSONValue {
        try Task.checkCancellation()
        let (claim, caller, timeZone, times) = (claim, caller, request.tenant.assistant.timeZone, times)
        return try await environment.databases.write(request.account, limits: request.tenant.storeLimits) {
            if let modelStep { try $0.appendStep(claim, modelStep) }
            let result = try body(ToolContext(transaction: $0, caller: caller, timeZone: timeZone, times: times))
            try $0.appendStep(
                claim, .tool(callIndex: index, callID: call.id, tool: call.name, result: result))
            return result
        }
    }
}
