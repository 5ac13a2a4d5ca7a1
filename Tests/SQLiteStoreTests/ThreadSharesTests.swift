import Fuzzing
import Testing

@testable import SQLiteStore
@testable import TodoStore

@Suite struct ThreadSharesTests {
    @Test("Nobody has more than the share, what waits begins in its order, and others are not held up")
    func order() {
        var shares = ThreadShares<String, Int>(share: 2)
        #expect((1...4).map { shares.enter("a", $0) } == [1, 2, nil, nil])
        #expect(shares.enter("b", 5) == 5)
        #expect(shares.waitingCount == 2)
        #expect(shares.leave("a") == 3)
        #expect(shares.leave("a") == 4)
        #expect(shares.leave("a") == nil)
        #expect(shares.running("a") == 1)
        #expect(shares.enter("a", 6) == 6)
        #expect(shares.enter("a", 7) == nil)
    }

    @Test(
        "Whatever the order of events, the share holds, and all work is done once", arguments: 0..<20 as Range<UInt64>)
    func randomWalk(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var shares = ThreadShares<Int, Int>(share: 3)
        var running: [Int: [Int]] = [:]
        var done: [Int: [Int]] = [:]
        var entered: [Int: [Int]] = [:]
        func leave(_ owner: Int) {
            guard let work = running[owner]?.popLast() else { return }
            done[owner, default: []].append(work)
            if let next = shares.leave(owner) { running[owner, default: []].append(next) }
        }
        for work in 0..<2000 {
            let owner = Int.random(in: 0..<4, using: &random)
            if Bool.random(using: &random) {
                entered[owner, default: []].append(work)
                if let work = shares.enter(owner, work) { running[owner, default: []].append(work) }
            } else {
                leave(owner)
            }
            for owner in 0..<4 {
                let count = running[owner]?.count ?? 0
                #expect(count <= 3)
                #expect(shares.running(owner) == count)
                let left = (entered[owner]?.count ?? 0) - (done[owner]?.count ?? 0)
                // No thread is free while work waits for it.
                #expect(count == min(left, 3))
            }
        }
        for owner in 0..<4 {
            while running[owner]?.isEmpty == false { leave(owner) }
            #expect(done[owner]?.sorted() == entered[owner])
        }
        #expect(shares.waitingCount == 0)
    }
}
