import EventLoops
package import Identity
import Logging
package import ProviderKit
import Synchronization
package import Tenants
import Text

/// A function that creates the adapter for a target of a tenant, which decouples this module from the registry.
package typealias ProviderFactory = @Sendable (TenantID, ProviderTarget) throws -> any ChatProvider

/// The targets of one turn, in order. A target that was given up is not tried again in this turn.
struct ProviderChain: Sendable {
    /// A complete message of the model, and its target.
    struct Answer: Sendable {
        var completion: ChatCompletion
        let target: ProviderTarget
        /// Whether the message contained JSON or a written call, which were dropped.
        var isUnfit = false
    }

    /// The error when no target gave an answer.
    struct Exhausted: Error {
        let provider: String
        let error: ProviderError
    }

    /// An event while a target answers.
    enum Event: Sendable {
        case alive
        case text(String)
        /// Discards the text of this message so far: the next target begins again, or the text comes again without its
        /// repetitions.
        case restart(reason: String)
    }

    private let tenant: TenantID
    private let caller: TargetHealth.Caller
    private let targets: [ProviderTarget]
    private let conversation: Int
    /// The ids of the turns in the history.
    private let history: [Int]
    private let environment: TurnEnvironment
    /// The deadline on the environment's clock.
    private let deadline: Duration
    private let policy = RetryPolicy()
    private let position = Position()

    init(
        tenant: Tenant, account: Account, conversation: Int, history: [Int], environment: TurnEnvironment,
        deadline: Duration
    ) {
        self.tenant = tenant.id
        caller = TargetHealth.Caller(account.user)
        targets = tenant.chain
        self.conversation = conversation
        self.history = history
        self.environment = environment
        self.deadline = deadline
    }

    /// Tries the targets from the current one on until one returns a complete message.
    ///
    /// - Parameters:
    ///   - request: Creates the request to a target, without these turns of the history.
    ///   - allowsEmpty: Whether a message without text and calls is an answer, as after results of tools.
    /// - Throws: `Exhausted`, `CancellationError`, or the error of `emit`.
    func complete(
        _ request: @Sendable (ProviderTarget, _ omitted: Set<Int>) -> ChatRequest, allowsEmpty: Bool,
        emit: @escaping @Sendable (Event) async throws -> Void
    ) async throws -> Answer {
        var failures = ChainFailures()
        var (retries, total) = (0, 0)
        var cut: HistoryCut?
        /// The reason why the shown text is discarded.
        var voidText: ProviderError.Kind?
        while let target = position.current(in: targets) {
            let attempt: Attempt
            switch admit(target) {
            case .success(let admitted): attempt = admitted
            case .failure(let error):
                failures.refused(error, by: target)
                position.advance()
                (retries, cut) = (0, nil)
                continue
            }
            if let reason = voidText.take() { try await emit(.restart(reason: reason.rawValue)) }
            if retries == 0 { environment.health.update(attempt.key) { health, _ in health.countMessage() } }
            let cutKey = HistoryCuts.Key(target: attempt.key, caller: caller, conversation: conversation)
            let known = position.omitted ?? environment.historyCuts.omitted(cutKey)
            var part = cut ?? HistoryCut(turns: history, omitted: known)
            let shown = ShownText()
            let error: ProviderError
            do {
                let request = request(target, part.omitted)
                let completion = try await run(attempt, request, allowsEmpty, shown, emit)
                if cut != nil { accept(part, cutKey, at: target) }
                return Answer(completion: completion, target: target)
            } catch let failure as ProviderError {
                error = failure
            }
            failures.failed(error, at: target)
            // The attempts with parts of the history fail for the same reason.
            if cut == nil { environment.logger.report(error, tenant: tenant, target: target) }
            if error.kind == .model { environment.advisor.modelIsUnknown(at: target, of: tenant) }
            if shown.isMarked { voidText = error.kind }
            if !shown.isMarked, part.shrink(after: error, retries: retries) {
                cut = part
                continue
            }
            let verdict = policy.verdict(
                after: error, retries: retries, total: total, hasShownText: shown.isMarked,
                remaining: deadline - environment.clock.now, chance: environment.chance())
            switch verdict {
            case .again(let wait)
            where environment.health.update(attempt.key, { $0.allowsRetry(caller, at: $1, after: wait) }):
                ProviderMetrics.countRetry(at: target.providerID)
                try await environment.clock.sleep(for: wait)
                retries += 1
                total += 1
            case .again, .nextTarget:
                position.advance()
                (retries, cut) = (0, nil)
            case .surface: throw failures.exhausted
            }
        }
        throw failures.exhausted
    }

    /// Records that a target has accepted a part of the history, after it refused more of it.
    private func accept(_ part: HistoryCut, _ key: HistoryCuts.Key, at target: ProviderTarget) {
        position.omit(part.omitted)
        if part.isCertain { environment.historyCuts.record(part.omitted, key) }
        environment.logger.warning(
            "\(target.providerID) refused a conversation's history: the conversation goes on without a part of it",
            metadata: ["tenant": "\(tenant)", "omitted_turns": "\(part.omitted.count)"])
    }

    /// A target that may be tried now.
    private struct Attempt {
        let provider: any ChatProvider
        let key: TargetHealthTable.Key
        let pass: TargetHealth.Pass
    }

    private func admit(_ target: ProviderTarget) -> Result<Attempt, ProviderError> {
        let key = TargetHealthTable.Key(tenant: tenant, target: target)
        do {
            let provider = try environment.makeProvider(tenant, target)
            let pass = try environment.health.update(key) { try $0.admit(caller, at: $1) }
            return .success(Attempt(provider: provider, key: key, pass: pass))
        } catch let error as ProviderError {
            return .failure(error)
        } catch let error as ProviderConfigurationError {
            return .failure(ProviderError(.request, "settings: \(error.key)"))
        } catch {
            return .failure(ProviderError(.request, "the provider does not exist"))
        }
    }

    /// Runs one attempt and records its result for the target.
    private func run(
        _ attempt: Attempt, _ request: ChatRequest, _ allowsEmpty: Bool, _ shown: ShownText,
        _ emit: @escaping @Sendable (Event) async throws -> Void
    ) async throws -> ChatCompletion {
        let (key, pass) = (attempt.key, attempt.pass)
        let start = environment.clock.now
        var outcome = "cancelled"
        defer { ProviderMetrics.count(outcome, of: key.provider, after: environment.clock.now - start) }
        let marks = Mutex(CombiningMarks.Limiter())
        do {
            var completion = try await attempt.provider.complete(request) { event in
                switch event {
                case .began: try await emit(.alive)
                case .text(let text):
                    shown.mark()
                    let text = marks.withLock { $0.pass(text) }
                    if !text.isEmpty { try await emit(.text(text)) }
                }
            }
            completion.limitMarks()
            try completion.check(allowsEmpty: allowsEmpty)
            environment.health.update(key) { $0.succeed(pass, at: $1) }
            outcome = completion.finish == .length ? "cut" : "answered"
            if completion.isShortened {
                try await emit(.restart(reason: "repetition"))
                if !completion.message.content.isEmpty { try await emit(.text(completion.message.content)) }
            }
            return completion
        } catch let error as ProviderError {
            outcome = error.kind.metricLabel
            environment.health.update(key) { $0.fail(error, pass, at: $1) }
            throw error
        } catch {
            environment.health.update(key) { $0.abandon(pass, at: $1) }
            throw error
        }
    }

    /// The current target of a turn, and the turns of the history that it has refused.
    private final class Position: Sendable {
        private let state = Mutex((index: 0, omitted: Set<Int>?.none))

        var omitted: Set<Int>? { state.withLock { $0.omitted } }

        func current(in targets: [ProviderTarget]) -> ProviderTarget? {
            let index = state.withLock { $0.index }
            return index < targets.count ? targets[index] : nil
        }

        func advance() { state.withLock { $0 = ($0.index + 1, nil) } }

        func omit(_ turns: Set<Int>) { state.withLock { $0.omitted = turns } }
    }

    private final class ShownText: Sendable {
        private let flag = Mutex(false)
        var isMarked: Bool { flag.withLock { $0 } }
        func mark() { flag.withLock { $0 = true } }
    }
}

extension ChatCompletion {
    /// Throws for a complete message that is not a valid answer.
    fileprivate func check(allowsEmpty: Bool) throws(ProviderError) {
        switch finish {
        case .length:
            // What was written stands as the answer.
            guard allowsEmpty || message.content.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
                throw ProviderError(.truncated, "the answer was cut off before its first word", isRetryable: false)
            }
        case .contentFilter: throw ProviderError(.policy, "the provider's filter ended the answer")
        case .stop, .toolCalls:
            guard allowsEmpty || !message.content.isEmpty || !message.toolCalls.isEmpty else {
                throw ProviderError(.misbehaved, "the answer is empty", isEmptyAnswer: true)
            }
        }
    }
}
