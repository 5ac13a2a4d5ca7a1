import Identity
import Testing

@testable import Postgres
@testable import PostgresStore

@Suite struct StoreLineTests {
    /// A line whose calls can stand in an expectation, which takes no mutating ones.
    private final class Line {
        private var line: StoreLine<String>

        init(connections: Int, maxWaiting: Int) {
            line = StoreLine(connections: connections, maxWaiting: maxWaiting)
        }

        var state: StoreLine<String> { line }
        func enter(_ ticket: StoreLine<String>.Ticket) -> Bool { line.enter(ticket) }
        func wait(_ ticket: StoreLine<String>.Ticket, number: UInt64, _ waiter: String) -> Bool {
            line.wait(ticket, number: number, waiter)
        }
        func leave(number: UInt64) -> String? { line.leave(number: number) }
        func release(_ ticket: StoreLine<String>.Ticket) -> [String] { line.release(ticket) }
    }

    private func ticket(_ number: UInt8, of tenant: String = "acme", isWriting: Bool = false) throws
        -> StoreLine<String>.Ticket
    {
        let key = try #require(AccountKey(hash: [UInt8](repeating: number, count: 32)))
        return StoreLine<String>.Ticket(key: key, tenant: TenantID(tenant), isWriting: isWriting)
    }

    @Test("A tenant has at most half of the connections, and does not keep others from theirs")
    func sharesConnections() throws {
        let line = Line(connections: 4, maxWaiting: 9)
        let first = try ticket(1)
        #expect(line.enter(first))
        #expect(try line.enter(ticket(2)))
        let third = try ticket(3)
        #expect(!line.enter(third))
        #expect(line.wait(third, number: 1, "third"))
        #expect(try line.enter(ticket(4, of: "globex")))
        #expect(line.release(first) == ["third"])
        #expect(line.state.waitingCount == 0)
    }

    @Test("A second write of one account waits without a connection, and a read of it does not")
    func gatesWrites() throws {
        let line = Line(connections: 8, maxWaiting: 9)
        let write = try ticket(1, isWriting: true)
        #expect(line.enter(write))
        #expect(!line.enter(write))
        #expect(line.wait(write, number: 1, "second"))
        #expect(line.wait(write, number: 2, "third"))
        #expect(try line.enter(ticket(1)))
        #expect(line.state.free == 6)
        #expect(line.release(write) == ["second"])
        #expect(line.leave(number: 2) == "third")
        #expect(line.leave(number: 2) == nil)
        #expect(line.release(write) == [])
        #expect(line.enter(write))
    }

    @Test("Those who wait get a connection in their order, past those who may not have one yet")
    func keepsOrder() throws {
        let line = Line(connections: 2, maxWaiting: 3)
        let (acme, globex) = (try ticket(1), try ticket(2, of: "globex"))
        #expect(line.enter(acme))
        #expect(line.enter(globex))
        #expect(line.wait(acme, number: 1, "a"))
        #expect(line.wait(globex, number: 2, "g1"))
        #expect(line.wait(globex, number: 3, "g2"))
        #expect(!line.wait(globex, number: 4, "one too many"))
        #expect(line.release(globex) == ["g1"])
        #expect(line.release(globex) == ["g2"])
        #expect(line.release(acme) == ["a"])
        #expect(line.release(acme) == [])
        #expect(line.release(globex) == [])
        #expect(line.state.isEmpty && line.state.free == 2)
    }
}
