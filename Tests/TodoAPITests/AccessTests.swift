import Foundation
import HTTPTypes
import Identity
import JSON
import Secrets
import Testing
import Time
import TodoAPI
import Tokens

@Suite struct AccessTests {
    @Test("Another user's path is forbidden, whether that user exists or not")
    func refusesOtherPaths() async throws {
        try await APIFixture.run { api in
            _ = try await api.send(.post, "/api/bob/tasks", token: try api.token("bob"), body: ["title": "Bob's"])
            let token = try api.token("alice")
            let existing = try await api.send(.get, "/api/bob/tasks", token: token)
            let missing = try await api.send(.get, "/api/nobody/tasks", token: token)
            #expect(existing.status == 403)
            #expect(existing.code == "forbidden")
            #expect(missing.status == 403)
            #expect(missing.json?["detail"] == existing.json?["detail"])
        }
    }

    @Test("Every token problem is the same 401")
    func refusesBadTokens() async throws {
        try await APIFixture.run { api in
            let good = try api.token("alice")
            let acme = try api.key("acme")
            let forged = try SigningKey(
                kid: acme.kid, tenant: acme.tenant, algorithm: .hs256, secret: try api.key("globex").secret,
                state: .active, createdAt: .now, origin: .own)
            func issue(_ key: SigningKey, lifetime: Duration, now: UnixTime = .now) throws -> String {
                try TokenIssuer.issue(
                    user: try #require(UserID("alice")), key: key, lifetime: lifetime, keys: api.snapshot, now: now
                ).token.revealed()
            }
            let parts = good.split(separator: ".")
            let unsigned = Base64URL.encode(Array(#"{"alg":"none","kid":"\#(acme.kid)"}"#.utf8)) + ".\(parts[1])."
            let bad: [String?] = [
                nil, "", "x", try issue(forged, lifetime: .seconds(60)),
                try issue(acme, lifetime: .seconds(60), now: UnixTime(UnixTime.now.seconds - 3600)),
                unsigned, String(good.dropLast()) + (good.last == "A" ? "B" : "A"), good + "=",
                "\(parts[0]).\(parts[1])",
            ]
            var answers: Set<String> = []
            for token in bad {
                let reply = try await api.send(.get, "/api/alice/tasks", token: token)
                #expect(reply.status == 401)
                #expect(reply.headers[.wwwAuthenticate] == "Bearer")
                answers.insert(reply.json?["detail"]?.string ?? reply.text)
            }
            #expect(answers.count == 1)
            #expect(try await api.send(.get, "/api/alice/tasks", token: good).status == 200)
        }
    }

    @Test("The scheme is compared without case and byte by byte, and a header outside ASCII is no token")
    func readsSchemes() async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            let marks = String(repeating: "\u{301}", count: 3000)
            for (header, status) in [
                ("Bearer \(token)", 200), ("bEARER \(token)", 200), ("Basic \(token)", 401),
                ("Bearer\(marks) \(token)", 401),
                ("\(marks) \(token)", 401), ("Bearer \(token)\(marks)", 401), ("Bearer", 401), ("", 401),
            ] {
                let reply = try await api.send(
                    .get, "/api/alice/tasks", token: nil, headers: [.authorization: header])
                #expect(reply.status == status)
            }
        }
    }

    @Test(
        "Media types are compared without case, and nothing outside ASCII is one",
        arguments: [
            ("application/json", 201), ("Application/JSON; charset=utf-8", 201), ("application/json;x=\u{301}", 415),
            ("application/jso\u{6E}\u{303}", 415), ("text/plain", 415),
        ])
    func readsMediaTypes(type: String, status: Int) async throws {
        try await APIFixture.run { api in
            let reply = try await api.send(
                .post, "/api/alice/tasks", token: try api.token("alice"), raw: #"{"title":"x"}"#,
                headers: [.contentType: type])
            #expect(reply.status == status)
        }
    }

    @Test("Names from outside are told as bytes, cleaned, and not without end")
    func namesUnknownParts() async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            let query = try await api.send(
                .get, "/api/alice/tasks?st%61tus=all&e%CC%81=1&%C3%A9=1&a%0Ab=1", token: token)
            #expect(query.status == 400)
            #expect(query.fields == ["e\u{301}", "\u{E9}", "a\u{FFFD}b"])
            let many = (0..<65).map { "tag=\($0)" }.joined(separator: "&")
            #expect(try await api.send(.get, "/api/alice/tasks?\(many)", token: token).code == "bad_parameter")
            let members = (0..<500).map { "\"m\($0)\":1" }.joined(separator: ",")
            let body = try await api.send(
                .post, "/api/alice/tasks", token: token, raw: "{\"title\":\"x\",\(members)}")
            #expect(body.status == 422)
            #expect(body.fields.count == 20)
        }
    }

    @Test("A token opens only the routes of its scopes")
    func enforcesScopes() async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice", scopes: .tasksRead)
            #expect(try await api.send(.get, "/api/alice/tasks", token: token).status == 200)
            let write = try await api.send(.post, "/api/alice/tasks", token: token, body: ["title": "x"])
            #expect(write.status == 403)
            #expect(write.code == "insufficient_scope")
            #expect(try await api.send(.get, "/api/alice/conversations", token: token).code == "insufficient_scope")
        }
    }

    @Test("A tenant that is switched off or broken says so, and only to those who have a token")
    func tenantStates() async throws {
        try await APIFixture.run { api in
            let off = try await api.send(.get, "/api/a/tasks", token: try api.token("a", tenant: "closed"))
            #expect(off.status == 403)
            #expect(off.code == "tenant_disabled")
            let broken = try await api.send(.get, "/api/a/tasks", token: try api.token("a", tenant: "broken"))
            #expect(broken.status == 503)
            #expect(broken.code == "tenant_misconfigured")
        }
    }

    @Test("The same user id in two tenants is two users")
    func separatesTenants() async throws {
        try await APIFixture.run { api in
            let acme = try api.token("alice")
            let globex = try api.token("alice", tenant: "globex")
            _ = try await api.send(.post, "/api/alice/tasks", token: acme, body: ["title": "Acme's"])
            let other = try await api.send(.get, "/api/alice/tasks", token: globex)
            #expect(other.json?["items"] == [])
        }
    }

    @Test(
        "User ids with characters that a path encodes are found", arguments: ["auth0|5f7c", "a@b.example", "x=y+z~1"])
    func decodesUserIDs(user: String) async throws {
        try await APIFixture.run { api in
            let token = try api.token(user)
            let path = user.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? user
            let created = try await api.send(.post, "/api/\(path)/tasks", token: token, body: ["title": "x"])
            #expect(created.status == 201)
            let location = try #require(created.headers[.location])
            #expect(try await api.send(.get, location, token: token).status == 200)
        }
    }

    @Test("Unknown routes, methods and ids are problems, too")
    func unknownRoutes() async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            #expect(try await api.send(.get, "/nothing", token: nil).code == "not_found")
            #expect(try await api.send(.get, "/api/alice/nothing", token: token).code == "not_found")
            let method = try await api.send(.delete, "/api/alice/tasks", token: token)
            #expect(method.status == 405)
            #expect(method.headers[.allow] == "GET, HEAD, POST")
            for id in ["0", "-1", "01", "1.0", "x", "99999999999999999999", "%31"] {
                #expect(try await api.send(.get, "/api/alice/tasks/\(id)", token: token).status == 404)
            }
        }
    }

    @Test("Health needs no token")
    func health() async throws {
        try await APIFixture.run { api in
            for path in ["/healthz", "/readyz"] {
                let reply = try await api.send(.get, path, token: nil)
                #expect(reply.status == 200)
            }
        }
    }
}
