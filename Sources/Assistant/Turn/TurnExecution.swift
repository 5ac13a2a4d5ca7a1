import Identity
import JSON
import Logging
import ProviderKit
import Tenants
import Time
import TodoStore

/// One turn, from the user's message to its stored end.
///
/// Its own task is cancelled only at the end of a shutdown's grace period, and stores the end of the turn even then.
/// Waiting in the queue and calls to providers run in a child task, which a disconnected client and the deadline
/// cancel.
struct TurnExecution: Sendable {
    let request: TurnRequest
    let channel: TurnChannel
    let environment: TurnEnvironment
    let queue: TurnQueue

    func run() async {
        let deadlines = TurnDeadlines(
            limit: request.tenant.assistant.deadline, clock: environment.clock, channel: channel,
            cutoff: environment.cutoff)
        var entered: [TurnQueue.Key] = []
        defer { for key in entered { queue.leave(key) } }
        func enter(_ key: TurnQueue.Key) async throws {
            try await deadlines.enforce { try await queue.enter(key) }
            entered.append(key)
        }
        do {
            for key in wantedKeys { try await enter(key) }
            if let conversation = try await resumedConversation() {
                try await enter(.conversation(request.account, conversation))
            }
            let turn = try await begin()
            // A new conversation is queued from now on, because its client can send another message after the first
            // event.
            let key = TurnQueue.Key.conversation(request.account, turn.id.conversation)
            if request.conversation == nil, queue.enterIfFree(key) { entered.append(key) }
            await perform(turn, deadlines)
        } catch {
            // Nothing is stored yet: a retry with the same idempotency key begins anew.
            channel.finish(with: .failed(TurnError(error)))
        }
    }

    /// About 16,000 tokens, which fits every model that supports tools.
    private static let historyBytes = 64 << 10

    private var wantedKeys: [TurnQueue.Key] {
        let key = request.idempotency.map { TurnQueue.Key.idempotency(request.account, $0.key) }
        let conversation = request.conversation.map { TurnQueue.Key.conversation(request.account, $0) }
        return [key, conversation].compactMap { $0 }
    }

    /// Returns the conversation of the interrupted turn that this request resumes, if the request does not name it.
    private func resumedConversation() async throws -> Int? {
        guard request.conversation == nil, let claim = request.idempotency else { return nil }
        return try await environment.databases.read(request.account, orEmpty: nil) {
            guard let record = try $0.idempotency(claim.key), record.state == .interrupted, let turn = record.turnID
            else { return nil }
            return try $0.turn(turn)?.conversationID
        }
    }

    /// The result of the first transaction.
    private struct Begun: Sendable {
        let id: TurnID
        let claim: Turn.Claim
        let history: [Turn.Exchange]
        let steps: [TurnStep]
        let calls: [StoredMessage.ToolCall]
        let startedAt: Timestamp
        let confirmed: Set<Change.Effect>
    }

    /// Runs the first transaction: stores the conversation, the user's message, the turn and the idempotency row, or
    /// finds the turn to resume.
    private func begin() async throws -> Begun {
        let request = request
        let turns = max(1, request.tenant.assistant.historyMessages / 2)
        return try await environment.databases.write(request.account, limits: request.tenant.storeLimits) {
            let turn = try $0.resumedTurn(of: request) ?? $0.newTurn(of: request)
            return Begun(
                id: TurnID(conversation: turn.conversationID, turn: turn.id), claim: turn.claim,
                history: try $0.history(
                    conversation: turn.conversationID, turns: turns, bytes: Self.historyBytes, excluding: turn.id),
                steps: try $0.steps(turn: turn.id), calls: try $0.toolCalls(turn: turn.id), startedAt: turn.startedAt,
                // Read from the turn before each time, so that a resumed turn has the same confirmation.
                confirmed: request.isConfirmation ? try $0.changesToConfirm(before: turn) : [])
        }
    }

    /// Runs the exchange with the model, then stores the end of the turn and reports it to the reader.
    private func perform(_ turn: Begun, _ deadlines: TurnDeadlines) async {
        environment.reached(.begun)
        for exchange in turn.history where exchange.isDamaged {
            environment.logger.warning(
                "the steps of a stored turn cannot be read: its conversation goes on without them",
                metadata: [
                    "tenant": "\(request.tenant.id)", "conversation": .stringConvertible(turn.id.conversation),
                    "turn": .stringConvertible(exchange.turn.id),
                ])
        }
        let loop = ModelLoop(
            id: turn.id, claim: turn.claim, request: request, environment: environment, channel: channel,
            transcript: Transcript(
                system: SystemPrompt(tenant: request.tenant).text, history: turn.history, userMessage: request.message,
                time: MessageTime(date: turn.startedAt.date, timeZone: request.tenant.assistant.timeZone),
                steps: turn.steps),
            calls: turn.calls, confirmed: turn.confirmed, deadline: deadlines.deadline)
        var event: TurnEvent
        do {
            try await deadlines.enforce {
                try await channel.send(.started(turn.id))
                try await loop.run()
            }
            event = loop.outcome.map(TurnEvent.finished) ?? .failed(.interrupted)
        } catch {
            event = .failed(TurnError(error))
        }
        do {
            try await store(event, of: loop)
            environment.reached(.ended)
        } catch {
            environment.logger.error(
                "the end of a turn could not be stored",
                metadata: ["turn": .stringConvertible(turn.id.turn), "error": "\(error)"])
            // An answer that is not stored is not sent, because it would be missing in the next turn.
            event = .failed(.store(error))
        }
        channel.finish(with: event)
    }

    /// Runs the last transaction: stores the assistant's message, and the state of the turn and its idempotency row.
    private func store(_ event: TurnEvent, of loop: ModelLoop) async throws {
        let end: Turn.End
        let stored: JSONValue?
        switch event {
        case .finished(let outcome):
            end = Turn.End(
                status: .done, answer: outcome.response, isComplete: true, provider: outcome.provider,
                model: outcome.model, usage: outcome.usage.map(Turn.Usage.init))
            stored = outcome.stored
        case .failed(let error):
            stored = nil
            // The shown part is stored and marked as incomplete.
            let canResume = error.isInterruption || request.idempotency != nil
            end = Turn.End(
                status: canResume ? .interrupted : .failed, answer: loop.partialAnswer,
                isComplete: false, usage: loop.usage.map(Turn.Usage.init),
                errorCode: error.mayBeOfMessage(hasEffect: loop.hasEffect) ? Turn.refusedCode : error.code)
        default:
            return
        }
        let (request, claim, asksUser) = (request, loop.claim, loop.asksUser)
        try await environment.databases.write(request.account, limits: request.tenant.storeLimits) { transaction in
            do {
                try transaction.finishTurn(claim, end)
                // Only with the answer that shows the question: a yes to what nobody was asked confirms nothing.
                if end.status == .done, asksUser { try transaction.markAsked(turn: claim.turn) }
            } catch StoreError.notFound {
                // The user has deleted the conversation meanwhile: there is nothing left to end. A turn that is still there
                // was resumed, and its key belongs to whoever runs it now.
                guard try transaction.turn(claim.turn) == nil else { return }
            }
            guard let key = request.idempotency?.key else { return }
            if let stored {
                try transaction.finishIdempotency(key, body: stored.text)
            } else {
                try transaction.interruptIdempotency(key)
            }
        }
    }
}
