import Foundation
import Fuzzing
import ProviderKit

/// The time per byte for decoding hostile answers.
@main
enum DecodingBenchmark {
    private static let size = 4_000_000
    private static let rounds = 3
    /// The maximum time, in nanoseconds per byte.
    private static let goal = 50.0
    /// The length below which the measurement is mostly the fixed cost of an answer.
    private static let fewBytes = 100_000

    static func main() {
        var worst = 0.0
        for stream in [HostileStream.plain] + HostileStream.all {
            let readings = (0..<rounds).map { _ in StreamReading(stream, size: size) }
            guard let best = readings.min(by: { $0.seconds < $1.seconds }) else { continue }
            let cost = best.secondsPerByte * 1e9
            if best.bytes >= fewBytes { worst = max(worst, cost) }
            let end = best.error.map { "; ends with: \($0.detail)" } ?? ""
            print(
                "  " + stream.description.padding(toLength: 44, withPad: " ", startingAt: 0),
                String(format: "%7.1f ns/byte %9.2f ms %8d bytes", cost, best.seconds * 1e3, best.bytes) + end)
        }
        print(String(format: "  goal: at most %.0f ns a byte; the worst is %.1f", goal, worst))
    }
}
