import EventLoops
import NIOPosix
import Testing

@Suite struct EventLoopClockTests {
    private let clock = EventLoopClock(MultiThreadedEventLoopGroup.singleton)

    @Test("A sleep lasts until its time has come, which may have been before it began", arguments: [-1, 0, 2])
    func sleeps(milliseconds: Int) async throws {
        let end = clock.now.advanced(by: .milliseconds(milliseconds))
        try await clock.sleep(until: end, tolerance: nil)
        #expect(clock.now >= end)
    }

    @Test("A sleep that is cancelled, before or after it began, ends at once", arguments: [false, true])
    func cancelled(isUnderWay: Bool) async {
        await withTaskGroup(of: Bool.self) { group in
            if !isUnderWay { group.cancelAll() }
            group.addTask { [clock] in
                do {
                    try await clock.sleep(for: .seconds(3600))
                    return false
                } catch {
                    return error is CancellationError
                }
            }
            if isUnderWay {
                await Task.yield()
                group.cancelAll()
            }
            #expect(await group.next() == true)
        }
    }
}
