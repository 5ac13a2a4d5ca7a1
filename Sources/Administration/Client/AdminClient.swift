import AsyncHTTPClient
import Foundation
package import JSON
import NIOCore
import NIOHTTP1

/// A client of the running server's admin socket.
package struct AdminClient: Sendable {
    let socket: String

    package init(socket: String) { self.socket = socket }

    /// Returns the path of the admin socket of the server on a data folder.
    package static func socket(in dataFolder: String) -> String { dataFolder + "/admin.sock" }

    /// Returns the answer to `GET /status`.
    package func status() async throws -> JSONValue { try await send(.GET, "/status", within: .seconds(10)) }

    /// Makes the server read all tenants again. The short timeout suffices, because the server also checks on its own.
    package func reload() async throws { _ = try await send(.POST, "/reload", within: .seconds(2)) }

    /// Asks the server to let this process replace it.
    package func handOver() async throws { _ = try await send(.POST, "/hand-over", within: .seconds(10)) }

    /// - Throws: `CommandError` when no server answers, or when it refuses.
    func send(
        _ method: HTTPMethod, _ path: String, within timeout: TimeAmount = timeout
    ) async throws -> JSONValue {
        guard let answer = try await find(method, path, within: timeout) else {
            throw CommandError("the server does not know \(path)")
        }
        return answer
    }

    /// Sends a request; returns nil for a 404.
    func find(
        _ method: HTTPMethod, _ path: String, within timeout: TimeAmount = timeout
    ) async throws -> JSONValue? {
        try await exchange(request(method, path), within: timeout) { response in
            let body = try await response.body.collect(upTo: Self.largestAnswer)
            return body.readableBytes == 0 ? .null : try JSONParser.parse(body, limits: Self.limits)
        }
    }

    /// Sends a request and reads its answer with `body`; returns nil for a 404.
    func exchange<Result>(
        _ request: HTTPClientRequest, within timeout: TimeAmount = timeout,
        _ body: (HTTPClientResponse) async throws -> Result
    ) async throws -> Result? {
        do {
            let response = try await Self.client.execute(request, timeout: timeout)
            switch response.status.code {
            case 200..<300: return try await body(response)
            case 404: return nil
            case let code:
                let answer = try? JSONParser.parse(try await response.body.collect(upTo: Self.largestAnswer))
                throw CommandError(
                    answer?["error"]?.string ?? "the server answered \(code)", isAboutOne: true)
            }
        } catch let error as CommandError {
            throw error
        } catch let error as CocoaError {
            throw error
        } catch {
            if access(socket, W_OK) != 0, errno == EACCES {
                throw CommandError(
                    "\(socket) cannot be accessed", advice: "Run this as the user that the server runs as, or as root.")
            }
            throw CommandError(
                "no server answers at \(socket)", advice: "Is `steward serve` running on this data folder (--data)?")
        }
    }

    func request(_ method: HTTPMethod, _ path: String) throws -> HTTPClientRequest {
        guard let url = URL(httpURLWithSocketPath: socket, uri: path) else {
            throw CommandError("\(socket) cannot be the path of a socket")
        }
        var request = HTTPClientRequest(url: url.absoluteString)
        request.method = method
        return request
    }

    /// Kept for the life of the process, because a backup sends thousands of requests over one connection.
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration.singletonConfiguration
        // A socket without a listener, as left by a crash, is a definite answer: no retries.
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(configuration: configuration)
    }()

    /// Enough for a large database on a busy disk.
    static let timeout = TimeAmount.minutes(10)
    private static let largestAnswer = 4 << 20
    /// A page of users is the largest answer.
    private static let limits = JSONLimits(size: largestAnswer, depth: 8, values: 100_000)
}
