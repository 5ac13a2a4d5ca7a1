import EventLoops
import Identity
import ProviderKit
import Tenants
import TestSupport
import Testing

@testable import Assistant

@Suite(.timeLimit(.minutes(5))) struct ModelAdvisorTests {
    @Test("The operator is told the nearest names of an unknown model, once an hour and for each target")
    func names() async throws {
        let (log, clock) = (LogLines(), ManualClock())
        let advisor = ModelAdvisor(
            makeProvider: { ListingProvider(model: $1.settings.model ?? "") }, clock: MonotonicClock(clock),
            logger: log.logger)
        let tenant = try #require(TenantID("acme"))
        func ask(_ model: String) {
            advisor.modelIsUnknown(
                at: ProviderTarget(providerID: "listing", settings: ProviderSettings(model: model)), of: tenant)
        }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await advisor.run() }
            ask("gpt-4o-minny")
            await log.arrival()
            ask("gpt-4o-minny")
            ask("llama-3.3-70b")
            await log.arrival()
            clock.advance(by: .seconds(3600))
            ask("gpt-4o-minny")
            await log.arrival()
            group.cancelAll()
        }
        let lines = log.all
        try #require(lines.count == 3)
        #expect(lines[0].contains("gpt-4o-minny; similar models: gpt-4o-mini"))
        #expect(lines[1].contains("llama-3.3-70b; similar models: llama-3.3-70b-versatile"))
        #expect(lines[2] == lines[0])
    }
}

/// A provider that only lists models.
private struct ListingProvider: ChatProvider {
    static let descriptor = ProviderDescriptor(
        id: "listing", name: "Listing", summary: "Lists models.", defaultModel: nil)

    let model: String

    init(model: String) { self.model = model }

    init(settings: ProviderSettings, transport: ProviderTransport) throws(ProviderConfigurationError) {
        throw ProviderConfigurationError(key: "model", "is made by tests only")
    }

    func complete(
        _ request: ChatRequest, emit: @Sendable (ChatEvent) async throws -> Void
    ) async throws -> ChatCompletion {
        throw ProviderError(.model, "no such model")
    }

    func models() async throws -> [ProviderModel]? {
        ["gpt-4o-mini", "gpt-4o", "llama-3.3-70b-versatile"].map { ProviderModel(id: $0) }
    }
}
