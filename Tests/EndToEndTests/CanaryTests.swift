import Foundation
import JSON
import TestSupport
import Testing

/// The whole system with known secrets at log level trace, searched for any part of them in all output.
@Suite(.serialized, .timeLimit(.minutes(3))) struct CanaryTests {
    private static let providerKey = "sk-or-v1-Zq7Xw3Kp9Lm2Vn8Rt4Yb6Hd1Js5Fg0"

    @Test("No six characters of a secret stand in a log, an answer, a metric, a database or an argument")
    func finds() async throws {
        let error: JSONValue = [
            "error": ["code": 401, "message": .string("Incorrect API key provided: \(Self.providerKey)")]
        ]
        let echo = ScriptedReply.body(401, error.text)
        let replies = [
            UpstreamChat.call("add_task", ["title": "Buy milk"]), UpstreamChat.say("Added."), echo, echo,
        ]
        try await ScriptedUpstream.run(replies) { upstream in
            try await Deployment.run(
                tenants: ["acme": UpstreamChat.tenant(upstream), "globex": "name: Globex\nprovider: offline\n"],
                environment: [UpstreamChat.keyVariable: Self.providerKey]
            ) { site in
                let token = try await site.token("acme", "alice")
                var seen: [(place: String, text: String)] = []
                try await site.serve(["--log-level", "trace"]) { server in
                    func note(_ place: String, _ answer: Curl.Answer) {
                        let headers = answer.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
                        seen.append((place, headers + answer.body))
                    }
                    note("a chat", try await site.curl.chat("alice", "Remember the milk", token: token))
                    let refused = try await site.curl.chat("alice", "And now?", token: token)
                    #expect(refused.status == 502, "\(refused.body)")
                    note("a refused chat", refused)
                    note("a list", try await site.curl("GET", "/api/alice/tasks", token: token))
                    note("another's path", try await site.curl("GET", "/api/bob/tasks", token: token))
                    note("a bad token", try await site.curl("GET", "/api/alice/tasks", token: token + "x"))
                    for command in [
                        ["status"], ["tenant", "show", "acme"], ["tenant", "check"], ["key", "list", "acme"],
                    ] {
                        let result = try await site.steward(command)
                        seen.append((command.joined(separator: " "), result.output + result.errors))
                    }
                    let metrics = try await CommandResult.of(
                        "curl",
                        ["--silent", "--unix-socket", site.folder["data/admin.sock"], "http://localhost/metrics"])
                    seen.append(("metrics", metrics.output))
                    let arguments = try Data(contentsOf: URL(filePath: "/proc/\(server.processID)/cmdline"))
                    seen.append(("arguments", String(decoding: arguments, as: UTF8.self)))
                    // Includes the write-ahead logs, which a clean shutdown would merge.
                    for file in try Self.files(below: site.folder["data"]) {
                        seen.append((file, String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self)))
                    }
                }
                seen.append(("the server's log", site.log))
                seen.append(("nginx's log", site.nginxLog))

                let key = try Self.signingSecret(site)
                let signature = try #require(token.split(separator: ".").last.map(String.init))
                let secrets = [
                    ("the provider's key", String(Self.providerKey.dropFirst("sk-or-v1-".count))),
                    ("the signing key", key), ("the token", signature),
                ]
                for (name, secret) in secrets {
                    #expect(secret.count >= 20)
                    for (place, text) in seen {
                        let piece = Self.windows(of: secret).first { text.contains($0) }
                        #expect(piece == nil, "a piece of \(name) stands in \(place)")
                    }
                }
                #expect(seen.contains { $0.place == "the server's log" && $0.text.contains("request") })
            }
        }
    }

    private static func windows(of secret: String) -> [String] {
        let characters = Array(secret)
        return (0...(characters.count - 6)).map { String(characters[$0..<($0 + 6)]) }
    }

    private static func signingSecret(_ site: Deployment) throws -> String {
        let folder = site.folder["tenants/acme/keys"]
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
        return try #require(try JSONParser.parse(site.folder.text(of: "tenants/acme/keys/\(name)"))["secret"]?.string)
    }

    private static func files(below folder: String) throws -> [String] {
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return names.map { "\(folder)/\($0)" }.filter {
            (try? FileManager.default.attributesOfItem(atPath: $0)[.type] as? FileAttributeType) == .typeRegular
        }
    }
}
