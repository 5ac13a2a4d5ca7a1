import Foundation

/// A meter of the CPU time of a server process for single requests, one after another on one connection.
package struct RequestMeter {
    /// The error for a server without an answer or a readable clock.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    private let client: FastCGIClient
    private let server: Int32
    private let token: String

    package init(client: FastCGIClient, server: Int32, token: String) {
        self.client = client
        self.server = server
        self.token = token
    }

    /// Creates the tasks and the conversation that the hostile requests refer to.
    package func prepare() async throws {
        // Two of these days rarely coincide, which makes the search for the next date as long as possible.
        let rows = String(repeating: "Leap day,2024-02-29T10:00:00Z,FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29\n", count: 1000)
        let answer = try await send(
            HostileRequest(
                "prepare", "POST", "/tasks/import", type: "text/csv", body: "title,due_at,recurrence\n" + rows))
        guard answer.status == 200 else {
            throw Failure(description: "the tasks were not imported: \(answer.text.prefix(300))")
        }
        let chat = try await send(HostileRequest("prepare", "POST", "/chat", body: #"{"message":"hello"}"#))
        guard chat.status == 200 else { throw Failure(description: "no conversation: \(chat.text.prefix(300))") }
    }

    /// Returns the seconds of a plain create: the median of 21.
    package func plainCreate() async throws -> Double {
        var samples: [Double] = []
        for number in 0..<21 {
            samples.append(
                try await measure(HostileRequest("plain", "POST", "/tasks", body: #"{"title":"Task \#(number)"}"#)))
        }
        return samples.sorted()[10]
    }

    /// Returns the seconds of a request. A result above `bound` is measured twice more and the minimum is used, because
    /// the server's own maintenance can affect a measurement.
    package func cost(of request: HostileRequest, below bound: Double) async throws -> Double {
        var least = try await measure(request)
        for _ in 0..<2 where least > bound { least = min(least, try await measure(request)) }
        return least
    }

    package func answer(_ method: String, _ path: String) async throws -> FastCGIAnswer {
        try await client.execute(method, path, headers: [("Authorization", "Bearer \(token)")])
    }

    private func send(_ request: HostileRequest) async throws -> FastCGIAnswer {
        try await client.execute(
            request.method, "/api/alice" + request.target,
            headers: [("Authorization", "Bearer \(token)"), ("Content-Type", request.type)] + request.headers,
            body: request.body)
    }

    private func measure(_ request: HostileRequest) async throws -> Double {
        let before = try processTime()
        let answer = try await send(request)
        guard answer.status != 0, answer.status != 500 else {
            throw Failure(
                description: "\(request.method) \(request.target.prefix(80)), \(request.name): \(answer.text)")
        }
        return try processTime() - before
    }

    /// Returns the CPU time of the server's process in seconds, to the nanosecond.
    private func processTime() throws -> Double {
        var clock = clockid_t()
        var time = timespec()
        guard clock_getcpuclockid(server, &clock) == 0, clock_gettime(clock, &time) == 0 else {
            throw Failure(description: "the server has ended")
        }
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
