import HTTPTypes
import Identity
import JSON
import Secrets
import Testing
import Time
import TodoAPI
import Tokens

/// All combinations of tenants, users, routes and invalid tokens. The routes come from the table of the router, so that
/// new ones are included.
@Suite struct IsolationMatrixTests {
    private static let tenants = ["acme", "globex"]
    private static let users = ["alice", "bob"]

    @Test("No token opens anything but its own user's routes, and nothing changes by trying")
    func matrix() async throws {
        try await APIFixture.run { api in
            for tenant in Self.tenants {
                for user in Self.users {
                    let token = try api.token(user, tenant: tenant)
                    let title: JSONValue = .string("\(tenant) \(user)")
                    _ = try await api.send(.post, "/api/\(user)/tasks", token: token, body: ["title": title])
                    _ = try await api.send(.post, "/api/\(user)/chat", token: token, body: ["message": "help"])
                }
            }
            let before = try await Self.contents(api)
            var tried = 0
            for tenant in Self.tenants {
                for user in Self.users {
                    for route in api.routes {
                        let path = "/api/\(user)" + route.path.replacing("{id}", with: "1")
                        for (kind, token) in try Self.wrongTokens(api, tenant: tenant, user: user, route: route) {
                            let body = [.get, .delete, .head].contains(route.method) ? nil : Self.body(route)
                            let reply = try await api.send(route.method, path, token: token, body: body)
                            #expect(
                                (reply.status, reply.code) == kind.answer,
                                "\(route.method) \(path) with \(kind): \(reply.text)")
                            tried += 1
                        }
                    }
                }
            }
            #expect(tried >= api.routes.count * 4 * 10)
            #expect(try await Self.contents(api) == before)
        }
    }

    private enum Kind: CaseIterable {
        case none, garbage, unsigned, otherTenantsKey, otherAudience, expired, altered, livesTooLong
        case otherUser, otherUserOfOtherTenant, otherScopes

        var answer: (Int, String) {
            switch self {
            case .none, .garbage, .unsigned, .otherTenantsKey, .otherAudience, .expired, .altered, .livesTooLong:
                (401, "unauthorized")
            case .otherUser, .otherUserOfOtherTenant: (403, "forbidden")
            case .otherScopes: (403, "insufficient_scope")
            }
        }
    }

    private static func wrongTokens(
        _ api: APIFixture, tenant: String, user: String, route: Route
    ) throws -> [(Kind, String?)] {
        let own = try api.key(tenant)
        let otherTenant = tenant == "acme" ? "globex" : "acme"
        let otherUser = user == "alice" ? "bob" : "alice"
        let good = try api.token(user, tenant: tenant)
        return try Kind.allCases.map { kind in
            let token: String? =
                switch kind {
                case .none: nil
                case .garbage: "a.b.c"
                case .unsigned: try sign(own, user: user, algorithm: "none")
                case .otherTenantsKey: try sign(own, user: user, secret: api.key(otherTenant).secret)
                case .otherAudience: try sign(own, user: user, audience: otherTenant)
                case .expired: try sign(own, user: user, lifetime: -1)
                case .altered: String(good.dropLast(2)) + (good.hasSuffix("AA") ? "BB" : "AA")
                case .livesTooLong: try sign(own, user: user, lifetime: 10 * 365 * 86_400)
                case .otherUser: try api.token(otherUser, tenant: tenant)
                case .otherUserOfOtherTenant: try api.token(otherUser, tenant: otherTenant)
                case .otherScopes:
                    try api.token(user, tenant: tenant, scopes: TokenScopes.all.subtracting(route.scope))
                }
            return (kind, token)
        }
    }

    private static func sign(
        _ key: SigningKey, user: String, secret: Secret? = nil, audience: String? = nil, algorithm: String = "HS256",
        lifetime: Int = 600
    ) throws -> String {
        let now = UnixTime.now.seconds
        let header: JSONValue = ["alg": .string(algorithm), "typ": "JWT", "kid": .string(key.kid.rawValue)]
        let claims: JSONValue = [
            "sub": .string(user), "aud": .string(audience ?? key.tenant.rawValue), "iat": .integer(now - 60),
            "exp": .integer(now + lifetime), "jti": "1",
        ]
        let signed = [header, claims].map { Base64URL.encode(Array($0.text.utf8)) }.joined(separator: ".")
        guard algorithm != "none" else { return signed + "." }
        let code = try HMAC.code(for: Array(signed.utf8), key: secret ?? key.secret, algorithm: .sha256)
        return signed + "." + Base64URL.encode(code)
    }

    private static func body(_ route: Route) -> JSONValue {
        route.path == "/chat" ? ["message": "Add a task to be somebody else's"] : ["title": "Somebody else's"]
    }

    /// Returns the data of all users, as they see it.
    private static func contents(_ api: APIFixture) async throws -> [String] {
        var contents: [String] = []
        for tenant in tenants {
            for user in users {
                let token = try api.token(user, tenant: tenant)
                for path in ["tasks", "conversations", "conversations/1/messages"] {
                    contents.append(try await api.send(.get, "/api/\(user)/\(path)", token: token).text)
                }
            }
        }
        return contents
    }
}
