import EventLoops
import Synchronization
import TestSupport
import Testing

@testable import ProviderKit

/// The gate's lookups are counted and answered by the test; the clock only moves when told to.
@Suite(.timeLimit(.minutes(5))) struct AddressGateTests {
    private func refusal(_ gate: AddressGate, _ host: String = "provider.example") async throws -> ProviderError? {
        do {
            try await gate.admit(host)
            return nil
        } catch let error as ProviderError {
            return error
        }
    }

    @Test("A host is looked up once for a while, and again after it")
    func remembered() async throws {
        let clock = ManualClock()
        let count = Atomic(0)
        let gate = AddressGate(clock: MonotonicClock(clock)) { _ in
            count.wrappingAdd(1, ordering: .relaxed)
            return .isPublic
        }
        for _ in 0..<3 { #expect(try await refusal(gate) == nil) }
        #expect(count.load(ordering: .relaxed) == 1)
        clock.advance(by: .seconds(31))
        #expect(try await refusal(gate) == nil)
        #expect(count.load(ordering: .relaxed) == 2)
    }

    @Test("A name that has come to lead to a private address is refused as soon as it is looked up again")
    func rebound() async throws {
        let clock = ManualClock()
        let verdict = Mutex(AddressGate.Verdict.isPublic)
        let gate = AddressGate(clock: MonotonicClock(clock)) { _ in verdict.withLock { $0 } }
        #expect(try await refusal(gate) == nil)
        verdict.withLock { $0 = .isPrivate }
        clock.advance(by: .seconds(31))
        #expect(try await refusal(gate)?.detail.contains("allow_private") == true)
    }

    @Test("Requests that come during a look-up share it, and a cancelled one leaves the others alone")
    func shared() async throws {
        let count = Atomic(0)
        let release = Flag()
        let gate = AddressGate(clock: MonotonicClock(ManualClock())) { _ in
            count.wrappingAdd(1, ordering: .relaxed)
            while !release.isRaised {}
            return .isPublic
        }
        let impatient = Task { try await gate.admit("provider.example") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 { group.addTask { try await gate.admit("provider.example") } }
            try await eventually("a look-up has begun") { count.load(ordering: .relaxed) == 1 }
            impatient.cancel()
            await #expect(throws: CancellationError.self) { try await impatient.value }
            release.raise()
            try await group.waitForAll()
        }
        #expect(count.load(ordering: .relaxed) == 1)
    }

    @Test("A name server that does not answer is waited for no longer than a connection")
    func slow() async throws {
        let (clock, release, hasBegun) = (ManualClock(), Flag(), ScriptedGate())
        let gate = AddressGate(clock: MonotonicClock(clock)) { _ in
            hasBegun.open()
            while !release.isRaised {}
            return .isPublic
        }
        defer { release.raise() }
        let error = try await clock.advancing(by: .seconds(1), once: hasBegun.wait) {
            do {
                try await gate.admit("provider.example")
                return ProviderError?.none
            } catch let error as ProviderError {
                return error
            }
        }
        #expect(error == .noConnectionInTime)
    }

    @Test(
        "Names and numbers that lead into this network are private, however they are written",
        arguments: ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "::1", "10.0.0.1"])
    func privateHosts(_ host: String) { #expect(HostAddresses.verdict(on: host) == .isPrivate) }

    @Test("Other numbers are public, and a name that there is not has no address")
    func otherHosts() {
        #expect(HostAddresses.verdict(on: "8.8.8.8") == .isPublic)
        #expect(HostAddresses.verdict(on: "name.invalid") == .hasNoAddress)
    }
}
