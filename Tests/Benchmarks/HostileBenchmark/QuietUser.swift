import Synchronization
import TestSupport

/// A user of another tenant who reads a page of tasks every 20 ms and records the latency of each answer.
final class QuietUser: Sendable {
    private let results = Mutex<(latencies: [Double], failures: Int)>(([], 0))
    private let socket: String
    private let token: String

    init(socket: String, token: String) {
        self.socket = socket
        self.token = token
    }

    var latencies: [Double] { results.withLock { $0.latencies.sorted() } }
    var failures: Int { results.withLock { $0.failures } }

    /// Reads until the task is cancelled. The latency of a request that was delayed by another counts from its due
    /// time.
    func run() async {
        let start = ContinuousClock.now
        var number = 0
        while !Task.isCancelled {
            do {
                try await FastCGIClient.withConnection(unixPath: socket) { client in
                    while !Task.isCancelled {
                        let due = start + .milliseconds(20 * number)
                        if due > .now { try await Task.sleep(until: due, clock: .continuous) }
                        let answer = try await client.execute(
                            "GET", "/api/dana/tasks?limit=50", headers: [("Authorization", "Bearer \(token)")])
                        note(ContinuousClock.now - due, isGood: answer.status == 200)
                        number += 1
                    }
                }
            } catch {
                guard !Task.isCancelled else { return }
                note(nil, isGood: false)
                number += 1
                try? await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    private func note(_ latency: Duration?, isGood: Bool) {
        results.withLock { results in
            if let latency { results.latencies.append(latency / .milliseconds(1)) }
            if !isGood { results.failures += 1 }
        }
    }
}
