import FastCGI
import HTTPTypes
import JSON
import TestSupport
import Testing

@testable import TodoAPI

/// Answers that the client does not read, over a real FastCGI socket.
@Suite(.timeLimit(.minutes(10)))
struct UnreadAnswerTests {
    /// More than the buffers of a socket and a connection hold.
    private static let rows = (1...1000).map { "task \($0),\(String(repeating: "x", count: 900))" }

    @Test("An export that nobody reads keeps its place: its user gets a 503, others get answers")
    func export() async throws {
        // One place of a user, four of a tenant.
        try await APIFixture.run(concurrency: ConcurrencyLimits(requests: 64)) { api in
            let (alice, bob) = (try api.token("alice"), try api.token("bob"))
            let text = "title,description\n" + Self.rows.joined(separator: "\n")
            let imported = try await api.send(
                .post, "/api/alice/tasks/import", token: alice, raw: text, headers: [.contentType: "text/csv"])
            #expect(imported.json?["imported"] == 1000)
            try await api.serve { path, statistics in
                try await FastCGIClient.withConnection(unixPath: path) { unread in
                    try await unread.send(
                        FastCGIRecords.request(
                            "GET", "/api/alice/tasks/export", headers: [("Authorization", "Bearer \(alice)")]))
                    // The head has arrived, so the request has its place.
                    _ = try await unread.readRecord()
                    try await FastCGIClient.withConnection(unixPath: path) { client in
                        func answer(_ user: String, _ token: String) async throws -> FastCGIAnswer {
                            try await client.execute(
                                "GET", "/api/\(user)/tasks?limit=1", headers: [("Authorization", "Bearer \(token)")])
                        }
                        let refused = try await answer("alice", alice)
                        #expect(refused.status == 503 && refused["Retry-After"] == "1")
                        #expect(try await answer("bob", bob).status == 200)
                        #expect(statistics.snapshot.inFlight >= 1)
                        while let record = try await unread.readRecord(), record.type != 3 {}
                        try await eventually("her place is free") { try await answer("alice", alice).status == 200 }
                    }
                }
            }
        }
    }
}
