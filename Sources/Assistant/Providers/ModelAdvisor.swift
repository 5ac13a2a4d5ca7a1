import EventLoops
import Identity
import Logging
package import ProviderKit
import Tenants

/// A background service that logs a provider's similar models when a configured model is unknown.
///
/// It requests the list of models separately from turns, so that no turn waits for it.
final class ModelAdvisor: Sendable {
    private struct Question: Sendable {
        let tenant: TenantID
        let target: ProviderTarget
    }

    /// A wrong name is used again until it is corrected; one log entry per hour suffices.
    private static let interval = Duration.seconds(3600)
    private static let limit = Duration.seconds(10)
    private static let capacity = 256

    private let makeProvider: ProviderFactory
    private let clock: MonotonicClock
    private let logger: Logger
    private let questions: AsyncStream<Question>
    private let ask: AsyncStream<Question>.Continuation

    init(makeProvider: @escaping ProviderFactory, clock: MonotonicClock, logger: Logger) {
        self.makeProvider = makeProvider
        self.clock = clock
        self.logger = logger
        // A dropped question is asked again by the next turn.
        (questions, ask) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(16))
    }

    /// Records that a target does not know its model.
    func modelIsUnknown(at target: ProviderTarget, of tenant: TenantID) {
        ask.yield(Question(tenant: tenant, target: target))
    }

    /// Answers questions until the task is cancelled.
    func run() async {
        var answered: [TargetHealthTable.Key: Duration] = [:]
        for await question in questions {
            let key = TargetHealthTable.Key(tenant: question.tenant, target: question.target)
            let now = clock.now
            if let last = answered[key], now - last < Self.interval { continue }
            if answered.count >= Self.capacity { answered = answered.filter { now - $0.value < Self.interval } }
            if answered.count < Self.capacity { answered[key] = now }
            await answer(question)
        }
    }

    private func answer(_ question: Question) async {
        let (id, tenant) = (question.target.providerID, question.tenant.rawValue)
        guard let provider = try? makeProvider(question.tenant, question.target), let near = await namesNear(provider),
            !near.isEmpty
        else { return }
        logger.error(
            "\(id) does not have the model \(provider.model); similar models: \(near.joined(separator: ", "))",
            metadata: ["tenant": "\(tenant)", "provider": "\(id)"])
    }

    /// Returns nil when the list does not arrive in time.
    private func namesNear(_ provider: any ChatProvider) async -> [String]? {
        await withTaskGroup(of: [String]?.self) { [clock] group in
            group.addTask { try? await provider.modelsNearest(to: provider.model) }
            group.addTask {
                try? await clock.sleep(for: Self.limit)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }
}

extension ChatProvider {
    /// Returns the most similar names in the provider's list of models; empty when it has no list.
    ///
    /// - Throws: `ProviderError`, `CancellationError`.
    package func modelsNearest(to name: String, count: Int = 3) async throws -> [String] {
        Suggestion.nearest(to: name, among: try await models()?.map(\.id) ?? [], count: count)
    }
}
