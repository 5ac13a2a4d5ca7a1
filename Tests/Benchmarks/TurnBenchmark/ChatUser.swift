import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// A user with a token, who adds a task in a new conversation in each turn.
struct ChatUser: Sendable {
    let name: String
    let token: String

    static func load(_ file: String) throws -> [ChatUser] {
        try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map { line in
            let parts = line.split(separator: " ")
            return ChatUser(name: String(parts[0]), token: String(parts[1]))
        }
    }

    /// The error for an answer that is not a complete turn.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Runs one turn, from the request to the last byte of its answer.
    func chat(at url: String, type: String, by client: HTTPClient) async throws {
        var request = HTTPClientRequest(url: "\(url)/api/\(self.name)/chat")
        request.method = .POST
        request.headers = [
            "authorization": "Bearer \(self.token)", "content-type": "application/json",
            "accept": type == "events" ? "text/event-stream" : "application/json",
        ]
        request.body = .bytes(ByteBuffer(string: #"{"message": "Add a task to pay the rent"}"#))
        let response = try await client.execute(request, timeout: .seconds(60))
        let body = String(buffer: try await response.body.collect(upTo: 1 << 20))
        let isWhole = body.contains(#""status":"created""#) && (type != "events" || body.contains("event: done"))
        guard response.status == .ok, isWhole else {
            throw Failure(description: "\(response.status): \(body.prefix(500))")
        }
    }

    /// Creates a client for any number of concurrent chats without waits for a connection.
    static func makeClient() -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 512
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }
}
