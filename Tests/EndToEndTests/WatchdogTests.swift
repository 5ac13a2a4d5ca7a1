import JSON
import TestSupport
import Testing

/// An event loop of the real server that does not answer in time.
@Suite(.serialized, .timeLimit(.minutes(3))) struct WatchdogTests {
    @Test("A stalled loop is a line in the log with the routes in flight, a metric, and the failure of its test")
    func stall() async throws {
        try await Deployment.run { site in
            let token = try await site.token("acme", "alice")
            let error = await #expect(throws: Deployment.LoopStalled.self) {
                try await site.serve(environment: ["STEWARD_STALL_AT": "begun"]) { _ in
                    let answer = try await site.curl.chat("alice", "Add milk", token: token)
                    #expect(answer.status == 200, "\(answer.body)")
                    try await eventually("the stall is told") { !site.stalls.isEmpty }
                    let metrics = try await CommandResult.of(
                        "curl",
                        ["--silent", "--unix-socket", site.folder["data/admin.sock"], "http://localhost/metrics"],
                        directory: site.folder.path
                    ).output
                    #expect(metrics.contains(#"steward_event_loop_stall_seconds_count{cause="busy"} 1"#), "\(metrics)")
                    #expect(metrics.contains(#"steward_event_loop_stall_seconds_count{cause="blocked"} 0"#))
                }
            }
            let line = try #require(error).description
            #expect(line.contains("cause=busy"), "\(line)")
            #expect(line.contains("POST /api/{user_id}/chat"), "\(line)")
            #expect(!line.contains("alice"))
        }
    }
}
