import Foundation
import Synchronization
import TestSupport

/// A program that runs the sixteen faults of the public Failover Bench on a real server behind the real nginx, in real
/// time and concurrently, then disconnecting clients, and prints the results. Exits with 1 when one fails. The
/// arguments select faults by name.
@main struct FaultBench {
    static func main() async throws {
        let wanted = Set(CommandLine.arguments.dropFirst().map { $0.lowercased() })
        let faults = Fault.all.filter { wanted.isEmpty || wanted.contains($0.id) }
        let log = AttemptLog()
        let rows = try await ScriptedUpstream.run { request, _ in
            let parts = request.path.split(separator: "/")
            // Requests for the list of models are not attempts.
            guard request.method == "POST", parts.count > 2, let fault = faults.first(where: { $0.id == parts[0] })
            else {
                return .body(404, "{}")
            }
            let target = String(parts[1])
            return fault.reply(target, log.add(fault.id, target), request)
        } _: { upstream in
            let tenants = Dictionary(uniqueKeysWithValues: faults.map { ($0.id, $0.tenant(upstream.url)) })
            return try await Deployment.serving(tenants: tenants) { site in
                try await withThrowingTaskGroup(of: FaultRow.self) { group in
                    for fault in faults { group.addTask { try await fault.play(site, log) } }
                    var rows: [FaultRow] = []
                    for try await row in group {
                        rows.append(row)
                        FileHandle.standardError.write(Data("\(row.id) is over\n".utf8))
                    }
                    return rows.sorted { $0.id < $1.id }
                }
            }
        }
        var departures: [FaultRow] = []
        // Without other load, because this measures milliseconds.
        for departure in Departure.all where wanted.isEmpty || wanted.contains(departure.id) {
            departures.append(try await departure.play())
        }
        print("FAULT  VERDICT  ATTEMPTS  SECONDS  WHAT")
        for row in rows + departures { print(row.line) }
        let failed = (rows + departures).count { $0.failure != nil }
        print("\(rows.count { $0.failure == nil }) of \(rows.count) faults pass")
        if failed > 0 { exit(1) }
    }
}

/// The times of the attempts by fault and target.
final class AttemptLog: Sendable {
    struct Attempt: Sendable {
        let target: String
        let time: ContinuousClock.Instant
    }

    private let attempts = Mutex<[String: [Attempt]]>([:])

    /// - Returns: The number of the request to this target, from 0.
    func add(_ fault: String, _ target: String) -> Int {
        attempts.withLock { attempts in
            defer { attempts[fault, default: []].append(Attempt(target: target, time: .now)) }
            return attempts[fault, default: []].count { $0.target == target }
        }
    }

    func attempts(_ fault: String) -> [Attempt] { attempts.withLock { $0[fault] ?? [] } }
}

/// A row of the table.
struct FaultRow: Sendable {
    let id: String
    let what: String
    let failure: String?
    let attempts: Int
    let duration: Duration

    var line: String {
        let columns = [
            (id.uppercased(), 7), (failure == nil ? "pass" : "FAIL", 9), ("\(attempts)", 10),
            (String(format: "%.3f", duration / .seconds(1)), 9),
        ]
        let start = columns.map { $0.0.padding(toLength: $0.1, withPad: " ", startingAt: 0) }.joined()
        return start + what + (failure.map { ": \($0)" } ?? "")
    }
}
