import EventLoops
import Foundation
import NIOCore
import NIOPosix
import ProviderKit
import TestSupport
import Testing

@testable import steward

/// The watchdog over a real event loop; the clock only moves when told to.
@Suite(.timeLimit(.minutes(5))) struct LoopWatchdogTests {
    @Test("A loop that is blocked is seen, with the routes in flight, and one that works is not")
    func blocked() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        let loops = Array(group.makeIterator())
        let clock = ManualClock()
        let (stalls, continuation) = AsyncStream<LoopStall>.makeStream()
        let watchdog = LoopWatchdog(
            eventLoops: loops, clock: MonotonicClock(clock), routes: { ["POST /slow"] },
            report: { continuation.yield($0) }, measure: { { ThreadUsage() } })
        let isBlocked = ScriptedGate()
        let release = DispatchSemaphore(value: 0)
        let found = await withTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try? await watchdog.run() }
            // Both loops were asked; work given to them from now on runs after their answers.
            await clock.jump(within: .seconds(1))
            loops[0].execute {
                isBlocked.open()
                release.wait()
            }
            await isBlocked.wait()
            // At the first check the loop is asked; at the last one it has been silent for 400 ms.
            for _ in 0..<4 { await clock.jump(within: .seconds(1)) }
            release.signal()
            var iterator = stalls.makeAsyncIterator()
            let stall = await iterator.next()
            tasks.cancelAll()
            return stall
        }
        let stall = try #require(found)
        #expect(stall.duration > LoopStall.limit && stall.duration <= .milliseconds(500), "\(stall)")
        #expect(stall.cause == .blocked)
        #expect(stall.routes == ["POST /slow"])
        continuation.finish()
        var others = 0
        for await _ in stalls { others += 1 }
        #expect(others == 0)
        try await group.shutdownGracefully()
    }

    @Test("A meter tells what its own thread has used, whoever asks")
    func meter() async {
        let (meters, continuation) = AsyncStream<ThreadMeter>.makeStream()
        let isRead = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            let meter = ThreadMeter()
            let end = meter.usage.running + .milliseconds(20)
            while meter.usage.running < end {}
            continuation.yield(meter)
            // The measured thread must live until the end of the measurement.
            isRead.wait()
        }
        var iterator = meters.makeAsyncIterator()
        let usage = await iterator.next()?.usage
        isRead.signal()
        #expect((usage?.running ?? .zero) >= .milliseconds(20))
    }
}
