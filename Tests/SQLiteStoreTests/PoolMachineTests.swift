import Testing

@testable import SQLiteStore
@testable import TodoStore

@Suite struct PoolMachineTests {
    private typealias Machine = PoolMachine<String, Int>

    private func waiter(_ number: UInt64) -> Machine.Waiter { Machine.Waiter(number: number) }

    /// Opens `keys` in order and leaves them idle; the handle of a key is its index.
    private func machine(capacity: Int, maxWaiting: Int = 10, idle keys: String...) -> Machine {
        var machine = Machine(capacity: capacity, maxWaiting: maxWaiting)
        for (index, key) in keys.enumerated() {
            _ = machine.acquire(key, waiter: waiter(1000 + UInt64(index)))
            _ = machine.opened(key, index)
            machine.release(key)
        }
        return machine
    }

    @Test("A database is opened once, however many ask for it at the same time")
    func sharedOpen() {
        var machine = Machine(capacity: 2, maxWaiting: 10)
        #expect(machine.acquire("a", waiter: waiter(1)).name == "open")
        #expect(machine.acquire("a", waiter: waiter(2)).name == "wait")
        #expect(machine.acquire("a", waiter: waiter(3)).name == "wait")
        let grants = machine.opened("a", 7)
        #expect(grants.map(\.0) == [waiter(2), waiter(3)])
        #expect(grants.allSatisfy { $0.1.name == "use 7" })
        #expect(machine.acquire("a", waiter: waiter(4)).name == "use 7")
        #expect(machine.waitingCount == 0)
    }

    @Test("All who waited hear that the open failed, and the next one tries again")
    func failedOpen() {
        var machine = Machine(capacity: 1, maxWaiting: 10)
        _ = machine.acquire("a", waiter: waiter(1))
        _ = machine.acquire("a", waiter: waiter(2))
        _ = machine.acquire("b", waiter: waiter(3))
        let grants = machine.openFailed("a", .failed(.corrupt))
        #expect(grants.map(\.0) == [waiter(2), waiter(3)])
        #expect(grants.map(\.1.name) == ["failed corrupt", "open"])
        #expect(machine.acquire("a", waiter: waiter(4)).name == "wait")
    }

    @Test("A broken database is given to nobody new: who asks for it waits until it is closed, and opens it again")
    func brokenIsNotShared() {
        var machine = machine(capacity: 2, idle: "a")
        #expect(machine.acquire("a", waiter: waiter(1)).name == "use 0")
        #expect(machine.acquire("a", waiter: waiter(2)).name == "use 0")
        machine.release("a", isBroken: true)
        #expect(machine.acquireIfOpen("a") == nil)
        #expect(machine.acquire("a", waiter: waiter(3)).name == "wait")
        #expect(machine.acquire("a", waiter: waiter(4)).name == "wait")
        #expect(machine.acquire("a", waiter: waiter(5)).name == "wait")
        machine.cancel(waiter(4), "a")
        #expect(machine.waitingCount == 2)
        #expect(machine.nextVictim() == nil)
        machine.release("a")
        #expect(machine.nextVictim() == 0)
        let grants = machine.closed("a")
        #expect(grants.map(\.0) == [waiter(3)])
        #expect(grants.map(\.1.name) == ["open"])
        // The first user is done with the closed file, and the next one opens it.
        let next = machine.passedOn("a")
        #expect(next.map(\.0) == [waiter(5)])
        #expect(next.map(\.1.name) == ["open"])
        #expect(machine.passedOn("a").isEmpty)
        #expect(machine.isEmpty)
        #expect(machine.waitingCount == 0)
    }

    @Test("Who waits for a broken database hears that the store closes")
    func brokenAtShutDown() {
        var machine = machine(capacity: 1, idle: "a")
        _ = machine.acquire("a", waiter: waiter(1))
        _ = machine.acquire("a", waiter: waiter(2))
        machine.release("a", isBroken: true)
        _ = machine.acquire("a", waiter: waiter(3))
        #expect(machine.shutDown().map(\.0) == [waiter(3)])
        #expect(machine.waitingCount == 0)
        machine.release("a")
        #expect(machine.nextVictim() == 0)
        #expect(machine.closed("a").isEmpty)
        #expect(machine.isEmpty)
    }

    @Test("Room is given to the next one when a file was only worked on")
    func passingOnGivesRoom() {
        var machine = Machine(capacity: 1, maxWaiting: 10)
        #expect(machine.acquire("a", waiter: waiter(1)).name == "open")
        #expect(machine.acquire("b", waiter: waiter(2)).name == "wait")
        #expect(machine.passedOn("a").map(\.0) == [waiter(2)])
    }

    @Test("The database that was idle longest closes when room is wanted")
    func leastRecentlyUsed() {
        var machine = machine(capacity: 3, idle: "a", "b", "c")
        // "a" is used again, so "b" is the oldest.
        #expect(machine.acquire("a", waiter: waiter(1)).name == "use 0")
        machine.release("a")
        #expect(machine.nextVictim() == nil)
        #expect(machine.acquire("d", waiter: waiter(2)).name == "wait")
        #expect(machine.nextVictim() == 1)
        #expect(machine.nextVictim() == nil)
        #expect(machine.closed("b").map(\.1.name) == ["open"])
        #expect(machine.evictions == 1)
    }

    @Test("A database in use is never closed")
    func pinned() {
        var machine = Machine(capacity: 1, maxWaiting: 10)
        _ = machine.acquire("a", waiter: waiter(1))
        _ = machine.opened("a", 0)
        _ = machine.acquire("a", waiter: waiter(2))
        #expect(machine.acquire("b", waiter: waiter(3)).name == "wait")
        #expect(machine.nextVictim() == nil)
        machine.release("a")
        #expect(machine.nextVictim() == nil)
        machine.release("a")
        #expect(machine.nextVictim() == 0)
        #expect(machine.closed("a").map(\.0) == [waiter(3)])
    }

    @Test("No more wait than may, and who leaves makes room for another")
    func boundedQueue() {
        var machine = Machine(capacity: 1, maxWaiting: 2)
        _ = machine.acquire("a", waiter: waiter(1))
        _ = machine.acquire("a", waiter: waiter(2))
        _ = machine.acquire("b", waiter: waiter(3))
        #expect(machine.acquire("c", waiter: waiter(4)).name == "overloaded")
        machine.cancel(waiter(3), "b")
        machine.cancel(waiter(3), "b")
        #expect(machine.waitingCount == 1)
        #expect(machine.acquire("c", waiter: waiter(5)).name == "wait")
        machine.cancel(waiter(2), "a")
        #expect(machine.opened("a", 0).isEmpty)
        #expect(machine.waitingCount == 1)
    }

    @Test("Who asks for a database that is closing opens it when it is closed, and others join")
    func reopen() {
        var machine = machine(capacity: 1, idle: "a")
        _ = machine.acquire("b", waiter: waiter(1))
        #expect(machine.nextVictim() == 0)
        #expect(machine.acquire("a", waiter: waiter(2)).name == "wait")
        #expect(machine.acquire("a", waiter: waiter(3)).name == "wait")
        let grants = machine.closed("a")
        #expect(grants.map(\.0) == [waiter(2)])
        #expect(grants.map(\.1.name) == ["open"])
        #expect(machine.opened("a", 5).map(\.0) == [waiter(3)])
    }

    @Test("Two who wait for room for one database share its opening")
    func sharedRoom() {
        var machine = machine(capacity: 1, idle: "a")
        _ = machine.acquire("b", waiter: waiter(1))
        _ = machine.acquire("b", waiter: waiter(2))
        #expect(machine.nextVictim() == 0)
        #expect(machine.nextVictim() == nil)
        #expect(machine.closed("a").map(\.0) == [waiter(1)])
        #expect(machine.opened("b", 9).map(\.0) == [waiter(2)])
    }

    @Test("A large pool keeps a little room free")
    func spareRoom() {
        var machine = Machine(capacity: 64, maxWaiting: 10)
        for number in 0..<64 {
            let key = "k\(number)"
            _ = machine.acquire(key, waiter: waiter(UInt64(number)))
            _ = machine.opened(key, number)
            machine.release(key)
        }
        #expect(machine.nextVictim() == 0)
        #expect(machine.nextVictim() == 1)
        #expect(machine.nextVictim() == nil)
    }

    @Test("A broken database closes as soon as it is idle")
    func broken() {
        var machine = machine(capacity: 10, idle: "a", "b")
        _ = machine.acquire("b", waiter: waiter(1))
        machine.release("b", isBroken: true)
        #expect(machine.nextVictim() == 1)
        #expect(machine.nextVictim() == nil)
    }

    @Test("After the end nobody comes in, who waits is told, and all closes")
    func shutDown() {
        var machine = machine(capacity: 2, idle: "a", "b")
        _ = machine.acquire("b", waiter: waiter(1))
        _ = machine.acquire("c", waiter: waiter(2))
        #expect(machine.shutDown().map(\.1.name) == ["failed closed"])
        #expect(machine.acquire("a", waiter: waiter(3)).name == "closed")
        #expect(machine.nextVictim() == 0)
        #expect(machine.closed("a").isEmpty)
        machine.release("b")
        #expect(machine.nextVictim() == 1)
        #expect(machine.closed("b").isEmpty)
        #expect(machine.isEmpty)
    }

    @Test("Whatever the order of events, the bounds hold and nobody is forgotten", arguments: 0..<40 as Range<UInt64>)
    func randomWalk(seed: UInt64) {
        var random = SplitMix(state: seed)
        var machine = Machine(capacity: 3, maxWaiting: 5)
        var opening: [String] = []
        var closing: [Int] = []
        var used: [String] = []
        var waiting: [Machine.Waiter: String] = [:]
        let keys = ["a", "b", "c", "d", "e", "f"]
        func handle(_ key: String) -> Int { keys.firstIndex(of: key) ?? -1 }
        func grant(_ grants: [(Machine.Waiter, Machine.Grant)]) {
            for (waiter, grant) in grants {
                guard let key = waiting.removeValue(forKey: waiter) else {
                    Issue.record("granted to nobody")
                    continue
                }
                switch grant {
                case .use(let used_): if used_ == handle(key) { used.append(key) }
                case .open: opening.append(key)
                case .failed, .missing: break
                }
            }
        }
        for number in 0..<3000 as Range<UInt64> {
            switch Int.random(in: 0..<6, using: &random) {
            case 0, 1:
                let key = keys[Int.random(in: 0..<6, using: &random)]
                switch machine.acquire(key, waiter: waiter(number)) {
                case .use: used.append(key)
                case .open: opening.append(key)
                case .wait: waiting[waiter(number)] = key
                case .overloaded: #expect(waiting.count == 5)
                case .closed: Issue.record("closed")
                }
            case 2:
                guard let key = opening.popLast() else { continue }
                if Bool.random(using: &random) {
                    used.append(key)
                    grant(machine.opened(key, handle(key)))
                } else {
                    grant(machine.openFailed(key, .failed(.corrupt)))
                }
            case 3:
                guard !used.isEmpty else { continue }
                let key = used.remove(at: Int.random(in: 0..<used.count, using: &random))
                machine.release(key, isBroken: Int.random(in: 0..<10, using: &random) == 0)
            case 4:
                if let victim = closing.popLast() { grant(machine.closed(keys[victim])) }
            default:
                guard let (waiter, key) = waiting.first else { continue }
                waiting[waiter] = nil
                machine.cancel(waiter, key)
            }
            while let victim = machine.nextVictim() { closing.append(victim) }
            #expect(machine.waitingCount == waiting.count)
            #expect(Set(used).count + opening.count + closing.count <= 3)
            #expect(Set(opening).count == opening.count)
        }
        // When all work has ended, nothing is waiting.
        while !opening.isEmpty || !used.isEmpty || !closing.isEmpty {
            if let key = opening.popLast() { grant(machine.openFailed(key, .missing)) }
            if let key = used.popLast() { machine.release(key) }
            while let victim = machine.nextVictim() { closing.append(victim) }
            if let victim = closing.popLast() { grant(machine.closed(keys[victim])) }
        }
        #expect(waiting.isEmpty)
    }
}

/// A small random generator with a seed.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
