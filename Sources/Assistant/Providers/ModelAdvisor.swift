import Identity
import Logging
package import ProviderKit
import Tenants

/// Tells the operator which models a provider has that is asked for one it does not know.
///
/// It looks the list up beside the turns, so that none of them waits for it.
final class ModelAdvisor: Sendable {
    private struct Question: Sendable {
        let tenant: TenantID
        let target: ProviderTarget
    }

    /// A wrong name is asked for again and again until somebody mends it; once an hour is enough.
    private static let interval = Duration.seconds(3600)
    private static let limit = Duration.seconds(10)
    private static let capacity = 256

    private let makeProvider: ProviderFactory
    private let clock: ProviderClock
    private let logger: Logger
    private let questions: AsyncStream<Question>
    private let ask: AsyncStream<Question>.Continuation

    init(makeProvider: @escaping ProviderFactory, clock: ProviderClock, logger: Logger) {
        self.makeProvider = makeProvider
        self.clock = clock
        self.logger = logger
        // What does not fit will be asked again by the next turn.
        (questions, ask) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(16))
    }

    /// A target has refused its model's name.
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

    /// Nil when the list is not to be had in time.
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
    /// The nearest names of the provider's list of models; none where it has no list.
    /// - Throws: `ProviderError`, `CancellationError`.
    package func modelsNearest(to name: String, count: Int = 3) async throws -> [String] {
        Suggestion.nearest(to: name, among: try await models()?.map(\.id) ?? [], count: count)
    }
}
