import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// The latency of a single chat: a turn, its provider calls, and similar commits, each alone and in turns.
struct Latency {
    let url: String
    let users: [ChatUser]
    let turns: Int
    let port: Int
    let database: String

    /// For the user's message, the tool's result and the answer.
    private static let commits = 3

    /// Prints the medians in milliseconds: of a turn, of its calls and of its commits.
    func run() async throws {
        let client = ChatUser.makeClient()
        let clock = ContinuousClock()
        let database = try CommitDatabase(path: self.database)
        var (turn, calls, commits): ([Duration], [Duration], [Duration]) = ([], [], [])
        try await self.users[0].chat(at: self.url, type: "json", by: client)
        let bodies = [try await self.fetch("call", client), try await self.fetch("words", client)]
        for number in 0..<self.turns {
            let user = self.users[number % self.users.count]
            turn.append(try await clock.measure { try await user.chat(at: self.url, type: "json", by: client) })
            calls.append(
                try await clock.measure { for body in bodies { try await self.call(with: body, client) } })
            commits.append(
                try clock.measure { for _ in 0..<Self.commits { try database.commit() } })
        }
        try await client.shutdown()
        print(turn.percentile(50), calls.percentile(50), commits.percentile(50))
    }

    private func fetch(_ path: String, _ client: HTTPClient) async throws -> ByteBuffer {
        try await client.get(url: "http://127.0.0.1:\(self.port)/\(path)").get().body ?? ByteBuffer()
    }

    private func call(with body: ByteBuffer, _ client: HTTPClient) async throws {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(self.port)/v1/chat/completions")
        request.method = .POST
        request.headers = ["content-type": "application/json", "accept": "text/event-stream"]
        request.body = .bytes(body)
        let response = try await client.execute(request, timeout: .seconds(10))
        var bytes = 0
        for try await chunk in response.body { bytes += chunk.readableBytes }
        guard response.status == .ok, bytes > 2_000 else {
            throw ChatUser.Failure(description: "\(response.status), \(bytes) bytes from the upstream")
        }
    }
}
