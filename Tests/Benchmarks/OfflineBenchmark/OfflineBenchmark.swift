import EventLoops
import Foundation
import Fuzzing
import Offline
import ProviderKit

/// The CPU time of the offline adapter for a step of a turn, over messages that make it as long as possible.
@main
enum OfflineBenchmark {
    private static let rounds = 5

    static func main() async throws {
        var worst = 0.0
        for message in HostileMessage.all {
            let request = HostileConversation.request([.user(message.text)])
            let short = "delete the " + String(message.text.prefix(150))
            let times = [
                cost(request), cost(HostileConversation.history(of: message.text)),
                cost(HostileConversation.history(of: message.text, last: "2")), cost(results(short)),
            ]
            worst = max(worst, times.max() ?? 0)
            let columns = times.map { String(format: "%8.2f", $0) }.joined()
            print("  \(message.name.padding(toLength: 34, withPad: " ", startingAt: 0))\(columns)\(steps(request))")
        }
        print(String(format: "  the worst: %.2f ms (goal: at most 20)", worst))
        for text in ["add milk tomorrow at 5 pm", "delete the milk task", "show my tasks"] {
            let request = HostileConversation.request([.user(text)])
            print(String(format: "  \"\(text)\": %.3f ms", cost(request)), steps(request))
        }
        print(String(format: "  to the thread pool and back: %.1f µs (goal: at most 50)", try await hop()))
    }

    /// Returns the step that follows the calls of a message.
    private static func results(_ text: String) -> ChatRequest {
        let request = HostileConversation.request([.user(text)])
        guard case .call(let calls) = Planner.step(request) else { return request }
        return HostileConversation.results(for: calls, of: text)
    }

    private static func steps(_ request: ChatRequest) -> String {
        let (reading, acting) = (Work(), Work())
        _ = Planner.step(request, reading: reading, acting: acting)
        return "  \(reading.steps + acting.steps) steps"
    }

    /// Returns the milliseconds of this thread's CPU time for one step: the minimum of several rounds.
    private static func cost(_ request: ChatRequest) -> Double {
        (0..<rounds).reduce(.infinity) { best, _ in
            let start = threadTime()
            _ = Planner.step(request)
            return min(best, threadTime() - start)
        }
    }

    private static func threadTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
    }

    /// Returns the microseconds added to a computation by running it on another thread.
    private static func hop() async throws -> Double {
        let count = 10_000
        let start = ContinuousClock.now
        for _ in 0..<count { try await OffLoop.run {} }
        return (ContinuousClock.now - start) / .microseconds(count)
    }
}
