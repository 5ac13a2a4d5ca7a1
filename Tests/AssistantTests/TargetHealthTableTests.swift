import EventLoops
import Identity
import ProviderKit
import Tenants
import TestSupport
import Testing

@testable import Assistant

@Suite struct TargetHealthTableTests {
    private let tenant: TenantID
    private let user = TargetHealth.Caller("alice")

    init() throws { tenant = try #require(TenantID("acme")) }

    private func key(_ model: String) -> TargetHealthTable.Key {
        TargetHealthTable.Key(
            tenant: tenant, target: ProviderTarget(providerID: "p", settings: ProviderSettings(model: model)))
    }

    @Test("The table does not grow beyond its capacity, and keeps what is in trouble")
    func bounded() throws {
        let table = TargetHealthTable(clock: MonotonicClock(ManualClock()), capacity: 8)
        let limit = ProviderError(.rateLimited, "x", retryAfter: .seconds(60))
        try table.update(key("in trouble")) { $0.fail(limit, try $0.admit(user, at: $1), at: $1) }
        for number in 0..<100 { table.update(key("model \(number)")) { health, _ in health.countMessage() } }
        #expect(table.count <= 8)
        #expect(throws: ProviderError.self) { try table.update(key("in trouble")) { try $0.admit(user, at: $1) } }
        // When all targets are failing, one of them must be evicted.
        for number in 0..<100 {
            try table.update(key("bad \(number)")) { $0.fail(limit, try $0.admit(user, at: $1), at: $1) }
        }
        #expect(table.count <= 8)
    }

    @Test("What is left alone is listed with its reason, and no longer when its time is over")
    func unavailable() throws {
        let clock = ManualClock()
        let table = TargetHealthTable(clock: MonotonicClock(clock))
        table.update(key("fine")) { health, _ in health.countMessage() }
        try table.update(key("limited")) {
            $0.fail(ProviderError(.rateLimited, "x", retryAfter: .seconds(60)), try $0.admit(user, at: $1), at: $1)
        }
        for _ in 0..<3 {
            try table.update(key("failing")) {
                $0.fail(ProviderError(.overloaded, "x"), try $0.admit(user, at: $1), at: $1)
            }
        }
        let seen = table.unavailable(limit: 10)
        #expect(seen.map(\.model) == ["failing", "limited"])
        #expect(seen.map(\.rest) == [.failing(nextProbe: .seconds(5)), .limited(over: .seconds(60))])
        #expect(table.unavailable(limit: 1).map(\.model) == ["failing"])
        clock.advance(by: .seconds(60))
        try table.update(key("failing")) { $0.succeed(try $0.admit(user, at: $1), at: $1) }
        #expect(table.unavailable(limit: 10).isEmpty)
    }

    @Test("Every kind of trouble has a sentence for the operator, with the key's reference and never its value")
    func sentences() {
        let target = ProviderTarget(
            providerID: "openai", settings: ProviderSettings(model: "gpt-x", apiKey: nil),
            keyReference: "env:ACME_OPENAI_API_KEY")
        var sentences: Set<String> = []
        for kind in ProviderError.Kind.allCases {
            let sentence = ProviderError(kind, "detail", retryAfter: .milliseconds(1500)).sentenceForOperator(target)
            #expect(sentences.insert(sentence).inserted)
            #expect(!sentence.contains("detail"))
        }
        let key = ProviderError(.key, "x").sentenceForOperator(target)
        #expect(key.contains("env:ACME_OPENAI_API_KEY"))
        let limited = ProviderError(.rateLimited, "x", retryAfter: .milliseconds(1500)).sentenceForOperator(target)
        #expect(limited.contains("2 s"))
    }
}
