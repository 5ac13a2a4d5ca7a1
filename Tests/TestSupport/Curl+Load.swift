import Foundation

extension Curl {
    /// Sends the same request repeatedly over one connection, and returns the status of each answer.
    ///
    /// A broken connection counts as status 0: curl continues with the next request.
    package func repeated(
        _ count: Int, _ method: String, _ path: String, token: String, body: String
    ) async throws -> [Int] {
        try await TemporaryFolder.with { folder in
            try folder.write(body, to: "body")
            let request = """
                url = "\(url(path))"
                request = "\(method)"
                cacert = "\(certificate)"
                header = "Authorization: Bearer \(token)"
                header = "Content-Type: application/json"
                data-binary = "@\(folder["body"])"
                output = "/dev/null"
                write-out = "%{http_code}\\n"
                silent
                max-time = 60
                """
            let all = Array(repeating: request, count: count).joined(separator: "\nnext\n")
            try folder.write(all, to: "requests")
            let result = try await CommandResult.of(
                "curl", ["--config", folder["requests"]], within: .seconds(600))
            return result.output.split(separator: "\n").compactMap { Int($0) }
        }
    }
}
