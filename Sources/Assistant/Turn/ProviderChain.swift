package import ProviderKit
import Synchronization
package import Tenants

/// Makes the adapter for a target; the composition root knows the registry, this module does not.
package typealias ProviderFactory = @Sendable (ProviderTarget) throws -> any ChatProvider

/// The targets of one turn, in order: one that has failed is not asked again in this turn.
struct ProviderChain: Sendable {
    let targets: [ProviderTarget]
    let makeProvider: ProviderFactory

    /// A complete message of the model, and who gave it.
    struct Answer: Sendable {
        let completion: ChatCompletion
        let target: ProviderTarget
    }

    /// The last target failed.
    struct Exhausted: Error {
        let provider: String
        let error: ProviderError
    }

    /// What the caller hears while a target answers.
    enum Event: Sendable {
        case alive
        case text(String)
        /// The text of this message so far is void: the next target begins again.
        case restart(reason: String)
    }

    private let position = Position()

    init(targets: [ProviderTarget], makeProvider: @escaping ProviderFactory) {
        self.targets = targets
        self.makeProvider = makeProvider
    }

    /// Asks the targets from the current one on until one gives a complete message.
    /// - Throws: `Exhausted`, `CancellationError`, or what `emit` threw.
    func complete(
        _ request: @Sendable (ProviderTarget) -> ChatRequest,
        emit: @escaping @Sendable (Event) async throws -> Void
    ) async throws -> Answer {
        var lastFailure = Exhausted(provider: "none", error: ProviderError(.unreachable, "the chain has no target"))
        while let target = position.current(in: targets) {
            let shown = ShownText()
            do {
                let provider = try makeProvider(target)
                let completion = try await provider.complete(request(target)) { event in
                    switch event {
                    case .began: try await emit(.alive)
                    case .text(let text):
                        shown.mark()
                        try await emit(.text(text))
                    }
                }
                try completion.check()
                return Answer(completion: completion, target: target)
            } catch let error as ProviderError {
                lastFailure = Exhausted(provider: target.providerID, error: error)
                // A refusal for what was said is the answer: another model is not asked until one agrees.
                guard error.kind != .policy else { throw lastFailure }
            } catch let error as ProviderConfigurationError {
                lastFailure = Exhausted(
                    provider: target.providerID, error: ProviderError(.request, "settings: \(error.key)"))
            }
            position.advance()
            if shown.isMarked, position.current(in: targets) != nil {
                try await emit(.restart(reason: lastFailure.error.kind.rawValue))
            }
        }
        throw lastFailure
    }

    private final class Position: Sendable {
        private let index = Mutex(0)

        func current(in targets: [ProviderTarget]) -> ProviderTarget? {
            let index = index.withLock { $0 }
            return index < targets.count ? targets[index] : nil
        }

        func advance() { index.withLock { $0 += 1 } }
    }

    private final class ShownText: Sendable {
        private let flag = Mutex(false)
        var isMarked: Bool { flag.withLock { $0 } }
        func mark() { flag.withLock { $0 = true } }
    }
}

extension ChatCompletion {
    /// A message that ended, but not as an answer does, is a failure of its target.
    fileprivate func check() throws(ProviderError) {
        switch finish {
        case .length: throw ProviderError(.truncated, "the answer was cut at the token limit")
        case .contentFilter: throw ProviderError(.policy, "the provider's filter ended the answer")
        case .stop, .toolCalls:
            guard !message.content.isEmpty || !message.toolCalls.isEmpty else {
                throw ProviderError(.misbehaved, "the answer is empty")
            }
        }
    }
}
