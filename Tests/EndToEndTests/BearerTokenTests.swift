import Foundation
import JSON
import Secrets
import TestSupport
import Testing

@Suite(.serialized, .timeLimit(.minutes(3))) struct BearerTokenTests {
    /// A key as in the tenant's folder.
    private struct Key {
        let kid: String
        let secret: Secret

        init(_ tenant: String, _ site: Deployment) throws {
            let folder = site.folder["tenants/\(tenant)/keys"]
            let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
            let file = try JSONParser.parse(site.folder.text(of: "tenants/\(tenant)/keys/\(name)"))
            kid = try #require(file["kid"]?.string)
            secret = Secret(try #require(file["secret"]?.string.flatMap { Base64URL.decode($0) }))
        }
    }

    private static func token(
        kid: String, secret: Secret, algorithm: String = "HS256", tenant: String = "acme", user: String = "alice",
        lifetime: Int = 600
    ) throws -> String {
        let now = Int(Date().timeIntervalSince1970)
        let parts: [JSONValue] = [
            ["alg": .string(algorithm), "kid": .string(kid), "typ": "JWT"],
            [
                "sub": .string(user), "aud": .string(tenant), "iat": .integer(now - 60),
                "exp": .integer(now + lifetime), "jti": "1",
            ],
        ]
        let signed = parts.map { Base64URL.encode(Array($0.text.utf8)) }.joined(separator: ".")
        let signature = try HMAC.code(for: Array(signed.utf8), key: secret, algorithm: .sha256)
        return signed + "." + Base64URL.encode(signature)
    }

    @Test("Every kind of bad token gets the same 401, and another user's path 403")
    func refusals() async throws {
        try await Deployment.serving { site in
            let acme = try Key("acme", site)
            let globex = try Key("globex", site)
            let good = try Self.token(kid: acme.kid, secret: acme.secret)
            #expect(try await site.curl("GET", "/api/alice/tasks", token: good).status == 200)

            let parts = good.split(separator: ".").map(String.init)
            let unsigned = Base64URL.encode(Array(#"{"alg":"none","kid":"\#(acme.kid)"}"#.utf8))
            let altered = Base64URL.encode(Array(#"{"sub":"alice","aud":"acme","exp":4102444800}"#.utf8))
            let bad: [(String, [String])] = [
                ("no token", []),
                ("another scheme", ["Authorization: Basic YWxpY2U6YWxpY2U="]),
                ("no words", ["Authorization: Bearer"]),
                ("garbage", ["Authorization: Bearer garbage"]),
                ("acme's kid, globex's key", Self.bearer(try Self.token(kid: acme.kid, secret: globex.secret))),
                (
                    "globex's key, acme's audience",
                    Self.bearer(try Self.token(kid: globex.kid, secret: globex.secret, tenant: "acme"))
                ),
                ("expired", Self.bearer(try Self.token(kid: acme.kid, secret: acme.secret, lifetime: -1))),
                ("for ever", Self.bearer(try Self.token(kid: acme.kid, secret: acme.secret, lifetime: 1 << 40))),
                (
                    "another algorithm",
                    Self.bearer(try Self.token(kid: acme.kid, secret: acme.secret, algorithm: "HS512"))
                ),
                ("an unknown kid", Self.bearer(try Self.token(kid: "nobody", secret: acme.secret))),
                ("unsigned", Self.bearer("\(unsigned).\(parts[1]).")),
                ("alg none with a signature", Self.bearer("\(unsigned).\(parts[1]).\(parts[2])")),
                ("other claims", Self.bearer("\(parts[0]).\(altered).\(parts[2])")),
                ("no signature", Self.bearer("\(parts[0]).\(parts[1])")),
                ("a cut signature", Self.bearer(String(good.dropLast()))),
                ("padding", Self.bearer(good + "=")),
            ]
            var bodies: Set<JSONValue> = []
            for (what, headers) in bad {
                let answer = try await site.curl("GET", "/api/alice/tasks", headers: headers)
                #expect(answer.status == 401, "\(what)")
                #expect(answer["www-authenticate"]?.hasPrefix("Bearer") == true, "\(what)")
                #expect(answer["content-type"] == "application/problem+json", "\(what)")
                var body = try #require(answer.json.object)
                #expect(body["request_id"]?.string == answer["x-request-id"], "\(what)")
                body["request_id"] = nil
                bodies.insert(.object(body))
            }
            #expect(bodies.count == 1)

            for (method, path) in [
                ("GET", "/api/bob/tasks"), ("POST", "/api/bob/tasks"), ("POST", "/api/bob/chat"),
                ("GET", "/api/bob/conversations"), ("DELETE", "/api/bob/tasks/1"), ("GET", "/api/ALICE/tasks"),
            ] {
                let answer = try await site.curl(method, path, token: good, body: method == "POST" ? "{}" : nil)
                #expect(answer.status == 403, "\(method) \(path)")
                #expect(answer.json["code"] == "forbidden", "\(method) \(path)")
            }
            #expect(!site.log.contains(parts[2]))
        }
    }

    @Test("A token is good for its own scopes only")
    func scopes() async throws {
        try await Deployment.serving { site in
            let reader = try await site.token("acme", "alice", "--scope", "tasks:read")
            #expect(try await site.curl("GET", "/api/alice/tasks", token: reader).status == 200)
            for answer in [
                try await site.curl("POST", "/api/alice/tasks", token: reader, title: "No"),
                try await site.curl.chat("alice", "Add a task to try", token: reader),
            ] {
                #expect(answer.status == 403)
                #expect(answer.json["code"] == "insufficient_scope")
            }
        }
    }

    @Test("On a host that nginx says is acme's, only acme's tokens are good, whatever a client's headers say")
    func host() async throws {
        try await Deployment.serving(host: "acme") { site in
            let acme = try await site.token("acme", "alice")
            let globex = try await site.token("globex", "alice")
            #expect(try await site.curl("GET", "/api/alice/tasks", token: acme).status == 200)
            for headers in [[], ["Steward-Tenant: globex"], ["STEWARD_TENANT: globex"]] {
                let answer = try await site.curl("GET", "/api/alice/tasks", token: globex, headers: headers)
                #expect(answer.status == 401)
            }
        }
    }

    @Test("A revoked key and a disabled tenant stop counting in the running server")
    func revocation() async throws {
        try await Deployment.serving { site in
            let acme = try await site.token("acme", "alice")
            let globex = try await site.token("globex", "alice")
            let kid = try Key("acme", site).kid
            #expect(try await site.steward("key", "revoke", "acme", kid).succeeded)
            #expect(try await site.steward("tenant", "disable", "globex").succeeded)
            try await eventually("the server has seen it") {
                try await site.curl("GET", "/api/alice/tasks", token: acme).status == 401
            }
            try await eventually("the server has seen it") {
                try await site.curl("GET", "/api/alice/tasks", token: globex).json["code"] == "tenant_disabled"
            }
            #expect(try await site.steward("tenant", "enable", "globex").succeeded)
            try await eventually("the server has seen it") {
                try await site.curl("GET", "/api/alice/tasks", token: globex).status == 200
            }
        }
    }

    private static func bearer(_ token: String) -> [String] { ["Authorization: Bearer \(token)"] }
}
