import Foundation
import TestSupport

/// A benchmark that attacks a release server with the worst requests of users, strangers and providers, and prints the
/// latencies of a quiet user of another tenant.
///
///     HostileBenchmark NAME=PROGRAM... [SCENARIO...]     programs are compared side by side; all scenarios by default
@main
struct HostileBenchmark {
    static func main() async throws {
        var programs: [(name: String, path: String)] = []
        var wanted: Set<String> = []
        for argument in CommandLine.arguments.dropFirst() {
            let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
            if parts.count == 2 { programs.append((parts[0], parts[1])) } else { wanted.insert(argument) }
        }
        guard !programs.isEmpty else {
            FileHandle.standardError.write(Data("usage: HostileBenchmark NAME=PROGRAM... [SCENARIO...]\n".utf8))
            exit(64)
        }
        print(Observation.heading)
        for scenario in Scenario.all where wanted.isEmpty || wanted.contains(scenario.id) {
            for program in programs {
                let observation = try await scenario.play(against: program.path)
                print(observation.line(scenario: scenario, program: program.name))
            }
        }
    }
}
