import Foundation

/// The latencies of a quiet user during an attack, and the state of the server after it.
struct Observation {
    /// The milliseconds from the time at which a request was due to its answer; sorted.
    let latencies: [Double]
    /// The number of the quiet user's requests that were not answered with 200.
    let failures: Int
    /// The maximum resident memory of the server, in MB.
    let memory: Double
    /// The CPU time of the server during the attack, in seconds.
    let cpu: Double
    /// The number of answers to the attackers, by status.
    let answers: [Int: Int]
    let isAlive: Bool

    static let heading =
        "scenario          server      p50 ms   p99 ms   max ms  failed   RSS MB   CPU s  alive  answers to the attack"

    func line(scenario: Scenario, program: String) -> String {
        func number(_ value: Double, _ width: Int, _ digits: Int = 1) -> String {
            let text = String(format: "%.\(digits)f", value)
            return String(repeating: " ", count: max(0, width - text.count)) + text
        }
        let statuses = answers.sorted { $0.key < $1.key }.map { "\($0.value)x\($0.key)" }.joined(separator: " ")
        return scenario.id.padding(toLength: 18, withPad: " ", startingAt: 0)
            + program.padding(toLength: 10, withPad: " ", startingAt: 0)
            + number(percentile(0.5), 8) + number(percentile(0.99), 9) + number(latencies.last ?? 0, 9)
            + number(Double(failures), 8, 0) + number(memory, 9, 0) + number(cpu, 8) + (isAlive ? "    yes" : "     NO")
            + "  " + statuses
    }

    private func percentile(_ share: Double) -> Double {
        guard !latencies.isEmpty else { return 0 }
        return latencies[min(latencies.count - 1, Int(Double(latencies.count) * share))]
    }
}
