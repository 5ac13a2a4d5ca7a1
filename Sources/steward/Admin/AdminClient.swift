import AsyncHTTPClient
import Foundation
import JSON
import NIOCore
import NIOHTTP1

/// Talks to the running server through its admin socket.
struct AdminClient {
    let socket: String

    /// Where the server of a data folder listens for its operator.
    static func socket(in dataFolder: String) -> String { dataFolder + "/admin.sock" }

    /// What `GET /status` tells.
    func status() async throws -> JSONValue { try await send(.GET, "/status") }

    /// Makes the server read all tenants again; gives up soon, as the server looks by itself as well.
    func reload() async throws { _ = try await send(.POST, "/reload", timeout: .seconds(2)) }

    /// Asks the server to let this process take its place.
    func handOver() async throws { _ = try await send(.POST, "/hand-over") }

    /// - Throws: `CommandError` when no server answers.
    private func send(
        _ method: HTTPMethod, _ path: String, timeout: TimeAmount = .seconds(10)
    ) async throws -> JSONValue {
        guard let url = URL(httpURLWithSocketPath: socket, uri: path) else {
            throw CommandError("\(socket) cannot be the path of a socket")
        }
        var request = HTTPClientRequest(url: url.absoluteString)
        request.method = method
        do {
            var configuration = HTTPClient.Configuration.singletonConfiguration
            // A socket that nobody listens at, as a crash leaves it, is an answer.
            configuration.connectionPool.retryConnectionEstablishment = false
            return try await HTTPClient.withHTTPClient(configuration: configuration) { client in
                let response = try await client.execute(request, timeout: timeout)
                let body = try await response.body.collect(upTo: 1 << 20)
                guard (200..<300).contains(response.status.code) else {
                    throw CommandError("the server answered \(response.status.code)")
                }
                return try JSONParser.parse(body)
            }
        } catch let error as CommandError {
            throw error
        } catch {
            throw CommandError(
                "no server answers at \(socket)", advice: "Is `steward serve` running on this data folder (--data)?")
        }
    }
}
