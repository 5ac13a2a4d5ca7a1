import Foundation
import JSON
import TestSupport
import Testing

/// The admin socket of a running server.
@Suite(.serialized, .timeLimit(.minutes(3))) struct AdminTests {
    @Test("Status and metrics tell what the server does, and the socket is the operator's alone")
    func tells() async throws {
        try await Deployment.serving { site in
            let token = try await site.token("acme", "alice")
            _ = try await site.curl("POST", "/api/alice/tasks", token: token, title: "Secret title")
            let socket = site.folder["data/admin.sock"]
            let mode = try FileManager.default.attributesOfItem(atPath: socket)[.posixPermissions] as? Int
            #expect(mode == 0o600)

            let status = try await site.steward("status", "--json").json
            #expect(status["state"] == "ready")
            #expect(status["tenants"]?["ready"] == 2)
            #expect(status["store"]?["open"]?.integer == 2)
            #expect((status["fastcgi"]?["requests"]?.integer ?? 0) >= 2)
            let people = try await site.steward("status")
            #expect(people.output.contains("fastcgi.accepted"))

            let metrics = try await CommandResult.of(
                "curl", ["--silent", "--unix-socket", socket, "http://localhost/metrics"])
            let line = #"steward_http_requests_total{method="POST",route="/api/{user_id}/tasks",status="201"} 1"#
            #expect(metrics.output.contains(line), "\(metrics.output)")
            #expect(metrics.output.contains("steward_http_request_duration_seconds_bucket"))
            for secret in ["alice", "Secret title", token] { #expect(!metrics.output.contains(secret)) }
        }
    }

    @Test("A provider that fails is counted by its outcomes, and status says that it is left alone")
    func providers() async throws {
        try await ScriptedUpstream.run { _, _ in
            .body(429, #"{"error":{"message":"slow down"}}"#, headers: [("retry-after", "600")])
        } _: { upstream in
            let tenant = """
                provider: openai-compatible
                providers:
                  openai-compatible: {base_url: "\(upstream.url)", model: small, allow_private: true}

                """
            try await Deployment.serving(tenants: ["acme": tenant]) { site in
                let token = try await site.token("acme", "alice")
                let answer = try await site.curl.chat("alice", "Hello", token: token)
                #expect(answer.status == 503)
                let status = try await site.steward("status", "--json").json
                let left = status["providers"]?["left_alone"]?.array?.first
                #expect(left?["tenant"] == "acme")
                #expect(left?["model"] == "small")
                #expect(left?["reason"] == "rate_limited")
                #expect((500...600).contains(left?["retry_after_seconds"]?.integer ?? 0))
                let metrics = try await CommandResult.of(
                    "curl",
                    ["--silent", "--unix-socket", site.folder["data/admin.sock"], "http://localhost/metrics"])
                let line =
                    #"steward_provider_attempts_total{outcome="rate_limited",provider="openai-compatible"} 1"#
                #expect(metrics.output.contains(line), "\(metrics.output)")
                #expect(metrics.output.contains("steward_provider_targets_left_alone 1"))
            }
        }
    }

    @Test("Without a server the command says so")
    func missing() async throws {
        try await Deployment.run { site in
            let result = try await site.steward("status")
            #expect(!result.succeeded)
            #expect(result.errors.contains("no server answers"))
        }
    }

    @Test("The log is text or JSON lines, with the route and never the token or the user")
    func logs() async throws {
        try await Deployment.run { site in
            let token = try await site.token("acme", "alice")
            try await site.serve(["--log-format", "json", "--log-level", "trace"]) { _ in
                let answer = try await site.curl("GET", "/api/alice/tasks", token: token)
                let id = try #require(answer["x-request-id"])
                let lines = site.log.split(separator: "\n").compactMap { try? JSONParser.parse($0) }
                let line = lines.first { $0["hb.request.id"]?.string == id && $0["message"] == "request" }
                #expect(line?["route"] == "/api/{user_id}/tasks", "\(site.log)")
                #expect(line?["status"] == 200)
                #expect(line?["tenant"] == "acme")
                #expect(!site.log.contains(token))
            }
        }
    }
}
