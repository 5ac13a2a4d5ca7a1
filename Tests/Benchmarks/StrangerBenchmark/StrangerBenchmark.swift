import Foundation
import TestSupport

/// The server's CPU time for each kind of request without a valid token.
///
///     StrangerBenchmark SOCKET PID < "USER TOKEN"
@main
enum StrangerBenchmark {
    private static let repetitions = 2000
    private static let rounds = 3
    /// The maximum CPU time, in microseconds.
    private static let goal = 200.0

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let process = pid_t(arguments[2]), let line = readLine() else {
            throw Failure.usage
        }
        let words = line.split(separator: " ").map(String.init)
        guard words.count == 2 else { throw Failure.usage }
        let connection = try Connection(path: arguments[1])
        let server = try ProcessClock(process)
        var worst = 0.0
        for request in StrangerRequest.all(user: words[0], token: words[1]) {
            var best = Double.infinity
            var status = 0
            for _ in 0..<rounds {
                let start = server.seconds
                for _ in 0..<repetitions { status = try connection.send(request.bytes) }
                best = min(best, (server.seconds - start) / Double(repetitions) * 1e6)
            }
            if request.isHostile { worst = max(worst, best) }
            print(
                "  " + request.name.padding(toLength: 52, withPad: " ", startingAt: 0),
                String(format: "%6d bytes %4d %8.1f us", request.bytes.count, status, best))
        }
        print(String(format: "  goal: at most %.0f us; the worst is %.1f", goal, worst))
    }

    enum Failure: Error {
        case usage, noConnection, closed, noProcess
    }
}
