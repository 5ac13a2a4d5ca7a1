package import JSON

/// The real curl, which sends HTTPS requests to nginx on this machine.
package struct Curl: Sendable {
    /// The answer to one request.
    package struct Answer: Sendable {
        package let status: Int
        /// `1.1` or `2`.
        package let httpVersion: String
        /// The lines of the header block, with names in lower case.
        package let headers: [(name: String, value: String)]
        package let body: String

        /// The body as JSON; null when it is not JSON.
        package var json: JSONValue { (try? JSONParser.parse(body)) ?? .null }

        package subscript(header: String) -> String? { headers.first { $0.name == header }?.value }
    }

    /// The error of curl itself, without an answer.
    package struct Failed: Error, CustomStringConvertible {
        package let description: String
    }

    private let port: UInt16
    let certificate: String

    package init(port: UInt16, certificate: String) {
        self.port = port
        self.certificate = certificate
    }

    /// Sends a request and waits for the whole answer.
    package func callAsFunction(
        _ method: String, _ path: String, token: String? = nil, headers: [String] = [], body: String? = nil,
        options: [String] = []
    ) async throws -> Answer {
        try await TemporaryFolder.with { folder in
            let arguments = try arguments(method, path, token: token, headers: headers, body: body, in: folder)
            let result = try await CommandResult.of(
                "curl",
                arguments + options + [
                    "--max-time", "120", "--dump-header", folder["headers"], "--output", folder["answer"],
                    "--write-out", "%{http_code} %{http_version}",
                ], within: .seconds(150))
            guard result.succeeded else { throw Failed(description: result.errors) }
            let parts = result.output.split(separator: " ")
            return Answer(
                status: parts.first.flatMap { Int($0) } ?? 0, httpVersion: String(parts.last ?? ""),
                headers: Self.headers(folder.text(of: "headers")), body: folder.text(of: "answer"))
        }
    }

    /// Sends a request for a stream of events; curl is ended when `body` returns.
    package func stream<Result>(
        _ method: String, _ path: String, token: String? = nil, headers: [String] = [], body: String? = nil,
        _ read: (EventStream) async throws -> Result
    ) async throws -> Result {
        try await TemporaryFolder.with { folder in
            let headers = headers + ["Accept: text/event-stream"]
            let arguments = try arguments(method, path, token: token, headers: headers, body: body, in: folder)
            return try await ChildProcess.run(
                "curl", arguments + ["--no-buffer"], directory: folder.path, output: folder["stream"],
                errors: folder["errors"]
            ) { try await read(EventStream(process: $0, folder: folder)) }
        }
    }

    private func arguments(
        _ method: String, _ path: String, token: String?, headers: [String], body: String?, in folder: TemporaryFolder
    ) throws -> [String] {
        var lines = headers
        if let token { lines.append("Authorization: Bearer \(token)") }
        if body != nil, !headers.contains(where: { $0.lowercased().hasPrefix("content-type:") }) {
            lines.append("Content-Type: application/json")
        }
        try folder.write(lines.map { $0 + "\n" }.joined(), to: "request-headers")
        var arguments = [
            "--silent", "--show-error", "--path-as-is", "--cacert", certificate, "--request", method,
            "--header", "@" + folder["request-headers"],
        ]
        if let body {
            try folder.write(body, to: "body")
            arguments += ["--data-binary", "@" + folder["body"]]
        }
        return arguments + [url(path)]
    }

    func url(_ path: String) -> String { "https://localhost:\(port)\(path)" }

    private static func headers(_ text: String) -> [(name: String, value: String)] {
        text.split(whereSeparator: \.isNewline).compactMap { line in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return (
                line[..<colon].lowercased(),
                String(line[line.index(after: colon)...].drop { $0 == " " })
            )
        }
    }
}
