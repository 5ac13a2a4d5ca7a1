import JSON
import ProviderKit
import Synchronization
import Tenants
import Text
import TodoStore
import TodoTools

/// The safety net: the rules beside the model.
extension ModelLoop {
    /// Reads the message by rules, unless the turn is resumed or the rules answer it anyway.
    func planByRules() async throws {
        guard request.tenant.assistant.safetyNet, request.tenant.chain.first?.providerID != Self.standIn.providerID
        else { return }
        let (transcript, calls) = state.withLock { ($0.transcript, $0.calls) }
        guard transcript.steps.isEmpty, calls.isEmpty, let reading = try await reading(of: transcript) else { return }
        var plan = RulePlan(reading, transcript)
        if reading.kind == .change {
            plan.advance(reading.step, results: try await look(reading.step))
            plan = try await advanced(plan)
        }
        let ready = plan
        state.withLock { $0.plan = ready }
    }

    private func reading(of transcript: Transcript) async throws -> MessageReading? {
        // Without the adapter of rules there is no net, and the turn goes on.
        guard let provider = try? environment.makeProvider(request.tenant.id, Self.standIn) else { return nil }
        return try await provider.reading(
            chatRequest(for: Self.standIn, transcript, offersTools: true))
    }

    /// Returns the plan with its next changes, or its answer.
    private func advanced(_ plan: RulePlan) async throws -> RulePlan {
        var plan = plan
        while plan.needsStep, let next = try await reading(of: plan.transcript) {
            plan.advance(next.step, results: try await look(next.step))
        }
        return plan
    }

    /// Returns the results of the reading calls of a step, by their ids. They are not a part of the turn.
    private func look(_ step: MessageReading.Step) async throws -> [String: JSONValue] {
        guard case .call(let calls) = step else { return [:] }
        let (toolbox, caller, timeZone) = (environment.toolbox, caller, request.tenant.assistant.timeZone)
        let reads = calls.filter { !toolbox.changesTasks($0.name) }
        guard !reads.isEmpty else { return [:] }
        return try await environment.databases.write(request.account, limits: request.tenant.storeLimits) {
            let context = ToolContext(transaction: $0, caller: caller, timeZone: timeZone)
            var results: [String: JSONValue] = [:]
            for call in reads {
                do {
                    results[call.id] = try toolbox.run(call.name, call.arguments, in: context)
                } catch let failure as ToolFailure {
                    results[call.id] = failure.result
                }
            }
            return results
        }
    }

    /// Returns the id in a call that the model cannot have seen.
    /// - Throws: `ToolFailure` for a call that contradicts the user's words.
    func guess(in open: Transcript.OpenCall) throws -> KnownIDs.Guess? {
        let call = open.call
        guard open.provider != Self.standIn.providerID, environment.toolbox.changesTasks(call.name) else { return nil }
        let (reason, guess) = state.withLock { state in
            let reason = state.plan?.contradiction(call.name, call.arguments)
            if reason != nil { state.contradictions += 1 }
            return (reason, state.knownIDs.guess(in: call))
        }
        if let reason { throw ToolFailure.notAskedFor(reason) }
        return guess
    }

    /// Records a call in the plan, and plans what follows from its result.
    func didRun(_ open: Transcript.OpenCall, _ result: JSONValue) async throws {
        let next = state.withLock { state -> RulePlan? in
            guard var plan = state.plan, plan.kind == .change, !Self.hasNotRun(result) else { return nil }
            if open.provider == Self.standIn.providerID {
                plan.didRun(open.call.id, result)
            } else {
                plan.didRun(open.call.name, open.call.arguments, result)
            }
            state.plan = plan
            return plan.needsStep ? plan : nil
        }
        guard let next else { return }
        let plan = try await advanced(next)
        state.withLock { $0.plan = plan }
    }

    /// Whether a call was refused before it could do what the user asks for.
    private static func hasNotRun(_ result: JSONValue) -> Bool {
        guard let code = result["error"]?["code"]?.string else { return false }
        return ["not_asked_for", "unseen_id", "validation_failed", "malformed_arguments", "unknown_tool", "not_found"]
            .contains(code)
    }

    /// Makes the calls that the model did not make; nil where the rules know nothing to do.
    func carryOutPlan() async throws -> ProviderChain.Answer? {
        var hasActed = false
        if let plan = state.withLock({ $0.plan }), plan.kind == .look, plan.needsStep {
            let seen = try await advanced(plan)
            state.withLock { $0.plan = seen }
        }
        while let plan = state.withLock({ $0.plan }), plan.kind == .change, !plan.pending.isEmpty {
            hasActed = true
            let step = TurnStep.model(
                content: "",
                calls: plan.pending.prefix(Self.maximumCallsPerRound).map {
                    TurnStep.Call(id: $0.id, name: $0.name, arguments: $0.arguments)
                },
                provider: Self.standIn.providerID, opaque: nil)
            state.withLock { $0.transcript.steps.append(step) }
            try await runOpenCalls(storing: step)
        }
        guard let plan = state.withLock({ $0.plan }), plan.kind != .other, let answer = plan.answer else { return nil }
        let notes = AnswerLanguage.of(answer: "", message: request.message).safetyNotes
        let text = hasActed ? notes.byRules + "\n" + answer : answer
        try await pass(on: .text(text))
        return ProviderChain.Answer(
            completion: ChatCompletion(message: AssistantMessage(content: text), finish: .stop, model: "rules"),
            target: Self.standIn)
    }

    /// Returns whether a text of the model ends the turn. If it does not, the model is asked again once, and then the
    /// rules answer.
    func isAccepted(_ answer: ProviderChain.Answer, isLast: Bool) async throws -> Bool {
        guard answer.target.providerID != Self.standIn.providerID else { return true }
        let text = answer.completion.message.content
        enum Verdict { case accepted, corrected, standIn }
        let verdict = state.withLock { state -> Verdict in
            guard let remark = state.objection(to: answer) else { return .accepted }
            if !isLast, !state.hasCorrected {
                state.hasCorrected = true
                state.transcript.correct(text.isBlank ? "-" : text, remark)
                return .corrected
            }
            // Rules that know nothing better do not replace words.
            if text.isBlank || state.lacksCalls {
                state.usesStandIn = true
                return .standIn
            }
            return .accepted
        }
        if verdict != .accepted { try await discardText() }
        return verdict == .accepted
    }

    /// Returns what the server has to add to an answer that says more than was done.
    func note(on answer: ProviderChain.Answer) -> String? {
        guard request.tenant.assistant.safetyNet, answer.target.providerID != Self.standIn.providerID else {
            return nil
        }
        let text = answer.completion.message.content
        let check = state.withLock { state in
            AnswerCheck(
                message: request.message, calls: state.calls,
                isQuestion: state.plan?.kind == .look || request.message.utf8.contains(UInt8(ascii: "?")),
                isUnfulfilled: state.plan?.kind == .change)
        }
        return check.note(on: text, AnswerLanguage.of(answer: text, message: request.message).safetyNotes)
    }
}

extension ModelLoop.State {
    /// Whether the user asks for calls that nobody has made, so that a text of the model may be refused.
    var lacksCalls: Bool {
        switch plan?.kind {
        case .change?: !(plan?.pending.isEmpty ?? true)
        case .look?: !calls.contains { CallEffect($0.tool, $0.arguments) == nil && $0.result["error"] == nil }
        case .other?, nil: false
        }
    }

    /// Whether a failure of the providers is answered by the rules: nonsense instead of a command's call or of the last
    /// words after calls, and any failure of a request that only asked the model again.
    func isBetterLeftToRules(_ error: ProviderError) -> Bool {
        hasCorrected || [.misbehaved, .truncated].contains(error.kind) && (lacksCalls || !calls.isEmpty)
    }

    /// Returns the reason for the model why its text is not an answer; nil for a good one.
    fileprivate func objection(to answer: ProviderChain.Answer) -> String? {
        if lacksCalls {
            return plan?.hint.map { "[Nothing was done: you called no tool. \($0) Call it now.]" }
                ?? "[You called no tool, so you have not seen the tasks. Call list_tasks, get_task or search_tasks first.]"
        }
        guard answer.isUnfit, answer.completion.message.content.isBlank else { return nil }
        return "[The user cannot read JSON. To use a tool, call it; otherwise answer in plain words.]"
    }
}
