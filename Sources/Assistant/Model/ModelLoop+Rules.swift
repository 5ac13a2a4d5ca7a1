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
        let plan = RulePlan(reading, transcript)
        let ready = reading.kind == .change ? try await advanced(plan, reading) : plan
        state.withLock { $0.plan = ready }
    }

    /// The reader of times in arguments, which knows the words that the rules know.
    var times: WrittenTimes {
        let time = state.withLock { $0.transcript.time }
        let rules = try? environment.makeProvider(request.tenant.id, Self.standIn)
        return WrittenTimes(now: time.date, timeZone: time.timeZone) {
            rules?.moment($0, now: time.date, timeZone: time.timeZone)
        }
    }

    private func reading(of transcript: Transcript) async throws -> MessageReading? {
        // Without the adapter of rules there is no net, and the turn goes on.
        guard let provider = try? environment.makeProvider(request.tenant.id, Self.standIn) else { return nil }
        return try await provider.reading(
            chatRequest(for: Self.standIn, transcript, offersTools: true))
    }

    /// Returns the plan with its next changes, or its answer; nil where that is too much work.
    private func advanced(_ plan: RulePlan, _ first: MessageReading? = nil) async throws -> RulePlan? {
        var (plan, first) = (plan, first)
        do {
            while plan.needsStep {
                let known = first.take()
                guard let next = if let known { known } else { try await reading(of: plan.transcript) } else { break }
                let reads = next.step.reads(in: environment.toolbox)
                let results = try await look(reads)
                let tasks = reads.compactMapValues { $0.isForIDs ? results[$0.call.id] : nil }.mapValues(\.ids)
                plan.advance(next.step, results: results.filter { reads[$0.key]?.isForIDs == false }, tasks: tasks)
            }
            return plan
        } catch StoreError.tooMuchWork {
            return nil
        }
    }

    /// Returns the results of reading calls, by their ids. They are not a part of the turn.
    private func look(_ reads: [String: MessageReading.Read]) async throws -> [String: JSONValue] {
        guard !reads.isEmpty else { return [:] }
        let (toolbox, caller, timeZone) = (environment.toolbox, caller, request.tenant.assistant.timeZone)
        let times = times
        return try await environment.databases.write(request.account, limits: request.tenant.storeLimits) {
            let context = ToolContext(transaction: $0, caller: caller, timeZone: timeZone, times: times)
            var results: [String: JSONValue] = [:]
            for call in reads.values.map(\.call) {
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
        let isOwn = open.provider != Self.standIn.providerID
        let next = state.withLock { state -> RulePlan? in
            guard var plan = state.plan, plan.kind == .change else { return nil }
            if !isOwn {
                plan.didRun(open.call.id, result)
            } else if result["error"] == nil, !plan.isCertain, CallEffect(open.call.name, open.call.arguments) != nil {
                // The model has understood what the rules were in doubt about.
                state.plan = nil
                return nil
            } else if !Self.hasNotRun(result) {
                plan.didRun(open.call.name, open.call.arguments, result)
            }
            state.plan = plan
            return plan.needsStep ? plan : nil
        }
        guard let next else { return }
        let plan = try await advanced(next)
        state.withLock { $0.plan = plan }
    }

    /// Whether a call of the model was refused before it could do what the user asks for.
    private static func hasNotRun(_ result: JSONValue) -> Bool {
        guard let code = result["error"]?["code"]?.string else { return false }
        return ["not_asked_for", "unseen_id", "validation_failed", "malformed_arguments", "unknown_tool"].contains(code)
    }

    /// The maximum number of times that the rules make calls in a turn.
    private static let mostSteps = 8

    /// Makes the calls that the model did not make; nil where the rules know nothing to do.
    ///
    /// - Parameter isLast: Whether the turn has no round left for calls of the rules that look at tasks.
    func carryOutPlan(isLast: Bool) async throws -> ProviderChain.Answer? {
        if isLast, let plan = state.withLock({ $0.plan }), plan.kind == .look, plan.needsStep {
            let seen = try await advanced(plan)
            state.withLock { $0.plan = seen }
        }
        var hasActed = false
        for _ in 0..<Self.mostSteps {
            guard let plan = state.withLock({ $0.plan }), plan.kind == .change, !plan.pending.isEmpty else { break }
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
        guard let plan = state.withLock({ $0.plan }), plan.kind == .change || plan.kind == .look,
            let answer = plan.answer
        else { return nil }
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
        if try await !showsTasks(text) {
            state.withLock { $0.usesStandIn = true }
            try await discardText()
            return false
        }
        enum Verdict { case accepted, corrected, standIn }
        let verdict = state.withLock { state -> Verdict in
            guard let remark = state.objection(to: answer) else { return .accepted }
            if !isLast, !state.hasCorrected {
                state.hasCorrected = true
                state.transcript.correct(text.isBlank ? "-" : text, remark)
                return .corrected
            }
            // Rules that know nothing better do not replace words.
            if text.isBlank || state.lacksCalls || state.transcript.repeatsCorrection(text) {
                state.usesStandIn = true
                return .standIn
            }
            return .accepted
        }
        if verdict != .accepted { try await discardText() }
        return verdict == .accepted
    }

    /// Returns whether a text leaves out no tasks that the user asked to see and the model has seen, and claims no change.
    private func showsTasks(_ text: String) async throws -> Bool {
        let (plan, calls) = state.withLock { ($0.plan, $0.lacksCalls ? [] : $0.calls) }
        guard let plan, plan.kind == .look, plan.isCertain, !calls.isEmpty,
            let seen = plan.answer == nil ? try await advanced(plan) : plan
        else { return true }
        state.withLock { $0.plan = seen }
        return seen.isShown(by: text, titles: calls.flatMap(\.result.titles))
            && ChangeClaim.claims(in: text, isQuestion: true).isEmpty
    }

    /// Returns what the server has to add to an answer that says more than was done.
    ///
    /// - Parameter isAsked: Whether the server asks for a confirmation below, which says the same.
    func note(on answer: ProviderChain.Answer, isAsked: Bool) -> String? {
        guard request.tenant.assistant.safetyNet, answer.target.providerID != Self.standIn.providerID, !isAsked else {
            return nil
        }
        let text = answer.completion.message.content
        let check = state.withLock { state in
            AnswerCheck(
                calls: state.calls,
                isQuestion: [.look, .noChange].contains(state.plan?.kind) || ChangeClaim.isQuestion(request.message),
                isUnfulfilled: state.plan?.kind == .change || answer.isUnfit)
        }
        return check.note(on: text, AnswerLanguage.of(answer: text, message: request.message).safetyNotes)
    }
}

extension MessageReading {
    /// A call that only looks at tasks.
    fileprivate struct Read {
        let call: ToolCall
        /// Whether its result tells the tasks that a change means by their status.
        let isForIDs: Bool
    }
}

extension MessageReading.Step {
    /// Returns the calls to look at tasks with, by the ids of the step's calls.
    fileprivate func reads(in toolbox: Toolbox) -> [String: MessageReading.Read] {
        guard case .call(let calls) = self else { return [:] }
        var reads: [String: MessageReading.Read] = [:]
        for call in calls {
            if !toolbox.changesTasks(call.name) {
                reads[call.id] = MessageReading.Read(call: call, isForIDs: false)
            } else if call.arguments["task_ids"] == nil,
                let status = call.arguments["status"]?.string.flatMap(TodoQuery.Status.init),
                let action = call.arguments["action"]?.string.flatMap(BulkChange.Action.init)
            {
                let concerned = JSONValue.string(action.concerned(status).rawValue)
                reads[call.id] = MessageReading.Read(
                    call: ToolCall(
                        id: call.id, name: "list_tasks", arguments: ["status": concerned, "limit": 100]),
                    isForIDs: true)
            }
        }
        return reads
    }
}

extension JSONValue {
    /// The titles in a task or a list of tasks.
    fileprivate var titles: [String] { (array ?? [self]).compactMap { $0["title"]?.string } }

    /// The ids in a list of tasks.
    fileprivate var ids: Set<Int> { Set((array ?? []).compactMap { $0["id"]?.integer }) }
}

extension ModelLoop.State {
    /// Whether the user asks for calls that nobody has made, so that a text of the model may be refused.
    var lacksCalls: Bool {
        switch plan?.kind {
        case .change?: !(plan?.pending.isEmpty ?? true)
        case .look?:
            !calls.contains {
                CallEffect($0.tool, $0.arguments) == nil && $0.result["error"] == nil
                    && plan?.isSeen(by: $0.tool, $0.arguments) ?? true
            }
        case .noChange?, .other?, nil: false
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
                ?? plan.map { "[\($0.lookHint)]" }
        }
        let text = answer.completion.message.content
        guard answer.isUnfit && text.isBlank || transcript.repeatsCorrection(text) else { return nil }
        return "[The user cannot read JSON. To use a tool, call it; otherwise answer in plain words.]"
    }
}
