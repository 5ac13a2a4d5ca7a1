import Identity
import ProviderKit
import Tenants
import Testing

@testable import Assistant

@Suite struct HistoryCutTests {
    private static let refusal = ProviderError(.request, "no", status: 400)

    /// Returns the parts that are sent while each is refused.
    private func parts(
        _ turns: [Int], _ error: ProviderError = refusal, omitted: Set<Int> = [], retries: Int = 0
    ) -> [[Int]] {
        var cut = HistoryCut(turns: turns, omitted: omitted)
        var parts: [[Int]] = []
        while parts.count < 100, cut.shrink(after: error, retries: retries) {
            parts.append(turns.filter { !cut.omitted.contains($0) })
        }
        return parts
    }

    @Test("A refused history loses its last turn, a half, the other half, or all")
    func refusals() {
        #expect(parts([1, 2, 3, 4, 5]) == [[1, 2, 3, 4], [4, 5], [1, 2, 3], []])
        #expect(parts([1, 2]) == [[1], [2], []])
        #expect(parts([1]) == [[]])
        #expect(parts([]) == [])
        #expect(parts(Array(1...500)).count == 4)
    }

    @Test("Wherever the bad turn is, a part is found without it that is not empty")
    func findsPart() {
        for count in 2...40 {
            for bad in 1...count {
                let accepted = parts(Array(1...count)).first { !$0.contains(bad) }
                #expect(accepted?.isEmpty == false)
            }
        }
    }

    @Test("A conversation that is too long loses its oldest part, and a policy is not tried out")
    func otherErrors() {
        #expect(parts(Array(1...16), ProviderError(.context, "long")) == [Array(9...16), [15, 16], []])
        #expect(parts([1], ProviderError(.context, "long")) == [[]])
        #expect(parts(Array(1...16), ProviderError(.policy, "no")) == [[]])
    }

    @Test("Turns that were refused before are not sent again")
    func remembers() {
        #expect(parts([1, 2, 3, 4], omitted: [1, 2]) == [[3], [4], []])
        #expect(parts([1, 2], omitted: [1, 2]) == [])
        #expect(HistoryCut(turns: [3, 4], omitted: [1, 2]).omitted == [])
    }

    @Test("Only errors about the content are answered with less of it")
    func kinds() {
        for kind in ProviderError.Kind.allCases {
            let isRefusal = [.request, .policy, .context].contains(kind)
            #expect(parts([1, 2], ProviderError(kind, "x"), retries: 2).isEmpty == !isRefusal)
        }
        #expect(parts([1, 2], ProviderError(.request, "invalid call", status: 422, isRetryable: true)).isEmpty)
        let defect = ProviderError(.overloaded, "x", status: 500)
        #expect(parts([1, 2], defect) == [])
        #expect(parts([1, 2], defect, retries: 1) == [[]])
        #expect(parts([1, 2], ProviderError(.overloaded, "x", status: 503), retries: 2) == [])
    }

    @Test("The memory of refused turns is bounded")
    func bounded() throws {
        let cuts = HistoryCuts(capacity: 8)
        let target = TargetHealthTable.Key(
            tenant: try #require(.init("acme")), target: .init(providerID: "p", settings: ProviderSettings()))
        func key(_ conversation: Int) -> HistoryCuts.Key {
            HistoryCuts.Key(target: target, caller: .init("alice"), conversation: conversation)
        }
        for conversation in 1...100 { cuts.record([1], key(conversation)) }
        #expect(cuts.count == 8)
        #expect(cuts.omitted(key(100)) == [1])
        cuts.record([], key(100))
        #expect(cuts.omitted(key(100)) == [])
    }
}
