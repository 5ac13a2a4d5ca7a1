import Testing

@testable import steward

/// The state of the watchdog, with made-up times.
@Suite struct LoopProbeTests {
    private func usage(running: Int = 0, waiting: Int? = 0) -> ThreadUsage {
        ThreadUsage(running: .milliseconds(running), waiting: waiting.map { .milliseconds($0) })
    }

    @Test("A loop that answers is asked again at the next look, and nothing is told")
    func alive() {
        var pulse = LoopProbe()
        for look in 0..<5 {
            let now = Duration.milliseconds(100 * look)
            #expect(pulse.look(at: now, usage: usage()) == .ask)
            #expect(pulse.answer(at: now + .milliseconds(90), usage: { usage() }) == nil)
        }
    }

    @Test("A loop that owes an answer is not asked again, and its stall is told once it answers")
    func stalled() throws {
        var pulse = LoopProbe()
        #expect(pulse.look(at: .milliseconds(100), usage: usage(running: 40, waiting: 7)) == .ask)
        #expect(pulse.look(at: .milliseconds(200), usage: usage()) == .wait)
        pulse.note(["GET /first"])
        #expect(pulse.look(at: .milliseconds(300), usage: usage()) == .wait)
        pulse.note(["GET /second"])
        let answer = pulse.answer(at: .milliseconds(400), usage: { usage(running: 320, waiting: 12) })
        let stall = try #require(answer)
        #expect(stall.duration == .milliseconds(300))
        #expect(stall.usage == usage(running: 280, waiting: 5))
        #expect(stall.blocked == .milliseconds(15))
        #expect(stall.routes == ["GET /second"])
        #expect(!stall.goesOn)
        #expect(pulse.look(at: .milliseconds(400), usage: usage()) == .ask)
    }

    @Test("A loop that never answers is told of once, while its stall goes on")
    func dead() {
        var pulse = LoopProbe()
        #expect(pulse.look(at: .zero, usage: usage()) == .ask)
        var told: [LoopStall] = []
        for look in 1...200 {
            let step = pulse.look(at: .milliseconds(100 * look), usage: usage())
            if case .tell(let stall) = step { told.append(stall) } else { #expect(step == .wait) }
        }
        #expect(told.map(\.goesOn) == [true])
        #expect(told.map(\.duration) == [.milliseconds(5100)])
    }

    @Test(
        "What the thread did says whose fault a stall is",
        arguments: [
            (300, 290, 0, LoopStall.Cause.busy), (300, 10, 0, .blocked), (300, 10, 280, .starved),
            (1000, 200, 750, .starved), (1000, 200, 500, .blocked), (600, 300, 0, .busy), (400, 260, 140, .busy),
            // Where the kernel does not count the time in the queue, only the time on a core is known.
            (1000, 10, nil, .starved), (1000, 260, nil, .busy),
        ] as [(Int, Int, Int?, LoopStall.Cause)])
    func cause(milliseconds: Int, running: Int, waiting: Int?, cause: LoopStall.Cause) {
        let stall = LoopStall(
            duration: .milliseconds(milliseconds), usage: usage(running: running, waiting: waiting), routes: [])
        #expect(stall.cause == cause)
    }
}
