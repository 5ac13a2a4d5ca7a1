import ProviderKit
import Synchronization
import Tenants
import Text
import TodoTools

extension ModelLoop {
    /// Asks the model, and the stand-in when the model says nothing more after its calls: the changes are stored, and a
    /// client that was told of an error would ask for them again.
    func answer(offersTools: Bool) async throws -> ProviderChain.Answer {
        if state.withLock({ $0.usesStandIn }) { return try await askStandIn(offersTools: offersTools) }
        do {
            let answer = try await ask(offersTools: offersTools)
            guard answer.completion.isEmpty, !answer.isUnfit else { return answer }
        } catch let failure as ProviderChain.Exhausted {
            // The rules do better than an error, unless the user should try again later.
            guard state.withLock({ $0.isBetterLeftToRules(failure.error) }) else { throw failure }
        }
        state.withLock { $0.usesStandIn = true }
        try await discardText()
        return try await askStandIn(offersTools: offersTools)
    }

    /// Returns the answer of the rules, after the calls of their plan.
    func askStandIn(offersTools: Bool) async throws -> ProviderChain.Answer {
        if let answer = try await carryOutPlan(isLast: !offersTools) { return answer }
        let provider = try environment.makeProvider(request.tenant.id, Self.standIn)
        let request = chatRequest(for: Self.standIn, state.withLock { $0.transcript }, offersTools: offersTools)
        let completion = try await provider.complete(request) { event in
            if case .text(let text) = event { try await self.pass(on: .text(text)) }
        }
        return ProviderChain.Answer(completion: completion, target: Self.standIn)
    }

    func chatRequest(
        for target: ProviderTarget, _ transcript: Transcript, offersTools: Bool
    ) -> ChatRequest {
        let wanted = request.tenant.chain.first?.providerID
        let toolbox = environment.toolbox
        let isModel = target.providerID != Self.standIn.providerID
        return ChatRequest(
            messages: transcript.messages(for: target.providerID),
            tools: offersTools ? isModel ? toolbox.briefDefinitions : toolbox.definitions : [],
            now: transcript.time.date,
            timeZone: transcript.time.timeZone, maxOutputTokens: request.tenant.assistant.maxOutputTokens,
            isFallback: target != Self.standIn && target.providerID != wanted)
    }

    private func ask(offersTools: Bool) async throws -> ProviderChain.Answer {
        let (transcript, allowsEmpty) = state.withLock { state in
            state.text = ""
            return (state.transcript, state.lacksCalls || !state.transcript.steps.isEmpty)
        }
        let message = request.message
        let filter = Mutex(AnswerFilter(message: message))
        var answer = try await chain.complete(
            { target, omitted in
                // Rules write no calls, and the titles of tasks are shown as they are.
                let isModel = target.providerID != Self.standIn.providerID
                filter.withLock { $0 = AnswerFilter(message: message, isOff: !isModel) }
                return self.chatRequest(for: target, transcript.omitting(omitted), offersTools: offersTools)
            }, allowsEmpty: allowsEmpty
        ) { event in
            switch event {
            case .text(let text):
                try await self.pass(on: .text(filter.withLock { $0.pass(text) }))
            case .restart:
                filter.withLock { $0.restart() }
                try await self.pass(on: event)
            case .alive: try await self.pass(on: event)
            }
        }
        if answer.target.providerID != Self.standIn.providerID {
            answer.isUnfit = answer.completion.message.clean(for: message)
        }
        try await pass(on: .text(filter.withLock { $0.finish() }))
        state.withLock { state in
            guard let usage = answer.completion.usage else { return }
            state.usage = state.usage.map { $0 + usage } ?? usage
        }
        return answer
    }
}

extension AssistantMessage {
    /// Drops JSON and written calls from the text.
    /// - Returns: Whether there were any.
    fileprivate mutating func clean(for message: String) -> Bool {
        let (text, hasNotation) = AnswerFilter.clean(content, message: message)
        if hasNotation { content = text }
        return hasNotation
    }
}

extension ChatCompletion {
    /// Whether the message has neither calls nor text.
    fileprivate var isEmpty: Bool { message.toolCalls.isEmpty && message.content.isBlank }
}
