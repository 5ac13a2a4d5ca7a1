import Testing

@testable import PostgresStore

@Suite struct StoreBreakerTests {
    /// A breaker whose calls can stand in an expectation, which takes no mutating ones.
    private final class Breaker {
        private var breaker = StoreBreaker()

        var isOpen: Bool { breaker.isOpen }
        func mayAdmit(at now: ContinuousClock.Instant) -> Bool { breaker.mayAdmit(at: now) }
        func admit(at now: ContinuousClock.Instant) -> Bool { breaker.admit(at: now) }
        func succeeded() { breaker.succeeded() }
        func failed() { breaker.failed() }
    }

    private let start = ContinuousClock.now

    @Test("Three failures in a row open it, two and a success do not")
    func opens() {
        let breaker = Breaker()
        for _ in 1...2 { breaker.failed() }
        breaker.succeeded()
        for _ in 1...2 { breaker.failed() }
        #expect(breaker.admit(at: start))
        breaker.failed()
        #expect(breaker.isOpen)
    }

    @Test("While open, one probe at a time may run, one a second; its success closes it")
    func probes() {
        let breaker = Breaker()
        for _ in 1...3 { breaker.failed() }
        #expect(breaker.admit(at: start))
        #expect(!breaker.mayAdmit(at: start))
        #expect(!breaker.admit(at: start + .seconds(5)))
        breaker.failed()
        #expect(!breaker.admit(at: start + .milliseconds(900)))
        #expect(breaker.admit(at: start + .seconds(1)))
        breaker.succeeded()
        #expect(breaker.admit(at: start + .seconds(1)))
        #expect(breaker.admit(at: start + .seconds(1)))
    }
}
