import HTTPTypes
import Identity
import JSON
import Tenants
import TestSupport
import Testing

@testable import TodoAPI

@Suite struct DocumentTests {
    private static let verbs = ["get", "put", "post", "delete", "patch"]

    /// Returns all values of `$ref`, at any depth.
    private static func references(_ value: JSONValue) -> [String] {
        switch value {
        case .object(let object):
            object.members.flatMap { $0.name == "$ref" ? [$0.value.string ?? ""] : references($0.value) }
        case .array(let array): array.flatMap(references)
        default: []
        }
    }

    @Test("The document names every route of the table, once, with its parameters")
    func routes() async throws {
        try await APIFixture.run { api in
            let reply = try await api.send(.get, "/openapi.json", token: nil)
            #expect(reply.status == 200 && reply.json?["openapi"] == "3.1.0")
            let paths = try #require(reply.json?["paths"]?.object)
            var ids: [String] = []
            for path in paths.members {
                let item = try #require(path.value.object)
                let inPath = path.name.split(separator: "/").filter { $0.first == "{" }.map {
                    $0.dropFirst().dropLast()
                }
                let declared = item["parameters"]?.array?.compactMap { $0["name"]?.string } ?? []
                #expect(declared == inPath.map(String.init))
                for verb in Self.verbs where item[verb] != nil {
                    ids.append(item[verb]?["operationId"]?.string ?? "")
                    #expect(item[verb]?["responses"]?.object?.names.contains { $0.first == "2" } == true)
                }
            }
            #expect(ids.count == Set(ids).count && !ids.contains(""))
            #expect(ids.count == 18 + RouteTable.open.count)
        }
    }

    @Test("Every reference leads somewhere, and every component is used")
    func references() async throws {
        try await APIFixture.run { api in
            let document = try #require(try await api.send(.get, "/openapi.json", token: nil).json)
            let references = Set(Self.references(document))
            for reference in references {
                let target = reference.split(separator: "/").dropFirst().reduce(Optional(document)) { $0?[String($1)] }
                #expect(target != nil, "\(reference)")
            }
            for name in document["components"]?["schemas"]?.object?.names ?? [] {
                #expect(references.contains("#/components/schemas/\(name)"), "\(name)")
            }
        }
    }

    @Test("OPTIONS says what a path knows, and HEAD answers like GET without a body")
    func methods() async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            let options = try await api.send(.options, "/api/alice/tasks", token: nil)
            #expect(options.status == 204 && options.headers[.allow] == "GET, HEAD, POST")
            #expect(try await api.send(.options, "/api/alice/nothing", token: token).status == 404)
            let head = try await api.send(.head, "/api/alice/tasks", token: token)
            #expect(head.status == 200 && head.text.isEmpty)
            #expect(try await api.send(.put, "/openapi.json", token: nil).status == 405)
        }
    }

    @Test("An origin that no browser sends is refused before it is compared, however it is spelt")
    func hostileOrigins() async throws {
        try await APIFixture.run { api in
            let own = "https://todo.acme.example"
            #expect(api.snapshot.allows(origin: own, of: nil))
            let acme = try #require(TenantID("acme"))
            let globex = try #require(TenantID("globex"))
            #expect(api.snapshot.allows(origin: own, of: acme))
            #expect(!api.snapshot.allows(origin: own, of: globex))
            let marks = String(repeating: "\u{301}", count: 3900)
            for origin in [own + marks, marks, own + "\u{200D}", own + String(repeating: "/", count: 400)] {
                #expect(!api.snapshot.allows(origin: origin, of: nil))
                let reply = try await api.send(
                    .options, "/api/alice/tasks", token: nil, headers: [.origin: origin])
                #expect(reply.headers[.accessControlAllowOrigin] == nil)
            }
        }
    }

    @Test("Only the origins that the tenant names may read an answer")
    func origins() async throws {
        try await APIFixture.run { api in
            let own = "https://todo.acme.example"
            let (alice, carol) = (try api.token("alice"), try api.token("carol", tenant: "globex"))
            func allowed(_ path: String, _ token: String?, origin: String, method: HTTPRequest.Method = .get)
                async throws
                -> String?
            {
                let reply = try await api.send(method, path, token: token, headers: [.origin: origin])
                #expect(reply.headers[.vary] == "Origin")
                return reply.headers[.accessControlAllowOrigin]
            }
            #expect(try await allowed("/api/alice/tasks", alice, origin: own) == own)
            #expect(try await allowed("/api/alice/tasks/9", alice, origin: own) == own, "problems, too")
            #expect(try await allowed("/api/alice/tasks", alice, origin: "https://evil.example") == nil)
            #expect(try await allowed("/api/alice/tasks", alice, origin: "null") == nil)
            #expect(try await allowed("/api/carol/tasks", carol, origin: own) == nil, "another tenant's")
            #expect(try await allowed("/api/alice/tasks", nil, origin: own, method: .options) == own)
            #expect(try await allowed("/api/alice/tasks", nil, origin: "https://evil.example", method: .options) == nil)
            let preflight = try await api.send(
                .options, "/api/alice/tasks/1", token: nil,
                headers: [.origin: own, .accessControlRequestMethod: "PATCH"])
            #expect(preflight.headers[.accessControlAllowMethods] == "DELETE, GET, HEAD, PATCH, PUT")
            #expect(preflight.headers[.accessControlAllowHeaders]?.contains("Authorization") == true)
        }
    }

    @Test("More chats than the tenant allows are 429, and say when to come again")
    func limits() async throws {
        // With a manual clock the allowance does not grow while the test runs.
        try await APIFixture.run(clock: ManualClock()) { api in
            let token = try api.token("alice")
            func say() async throws -> APIFixture.Reply {
                try await api.send(.post, "/api/alice/chat", token: token, body: ["message": "hello"])
            }
            let first = try await say()
            #expect(first.headers[.rateLimitPolicy] == "\"chats\";q=30;w=60")
            #expect(first.headers[.rateLimit]?.hasPrefix("\"chats\";r=29;t=") == true)
            var last = first
            for _ in 1...30 where last.status == 200 { last = try await say() }
            #expect(last.status == 429 && last.code == "rate_limited")
            #expect(last.headers[.retryAfter] != nil && last.headers[.rateLimit]?.hasPrefix("\"chats\";r=0;t=") == true)
            #expect(try await api.send(.get, "/api/alice/tasks", token: token).status == 200, "tasks go on")
        }
    }
}
