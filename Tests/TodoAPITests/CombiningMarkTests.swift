import HTTPTypes
import JSON
import Testing

@testable import TodoAPI

/// Texts that are slow to compare, at every place where a client can send one.
@Suite("Texts with too many combining marks are refused")
struct CombiningMarkTests {
    static let tower = "a" + String(repeating: "\u{301}", count: 31)
    static let violation = "must not have more than 30 combining marks in a row"

    @Test(
        "in the members of a body",
        arguments: [
            ("POST", "/chat", "message", JSONValue.string(tower)),
            ("POST", "/tasks", "title", .string(tower)), ("POST", "/tasks", "description", .string(tower)),
            ("POST", "/tasks", "tags[1]", ["x", .string(tower)]), ("POST", "/tasks", "priority", .string(tower)),
            ("POST", "/tasks", "due_at", .string(tower)), ("POST", "/tasks", "recurrence", .string(tower)),
            ("PATCH", "/tasks/1", "title", .string(tower)), ("PATCH", "/tasks/1", "description", .string(tower)),
            ("PATCH", "/tasks/1", "tags[0]", [.string(tower)]), ("PUT", "/tasks/1", "title", .string(tower)),
            ("POST", "/tasks/bulk", "action", .string(tower)),
            ("PATCH", "/conversations/1", "title", .string(tower)),
        ] as [(String, String, String, JSONValue)])
    func members(method: String, path: String, field: String, value: JSONValue) async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            _ = try await api.send(.post, "/api/alice/chat", token: token, body: ["message": "add milk"])
            let name = String(field.prefix { $0 != "[" })
            let method = try #require(HTTPRequest.Method(method))
            let reply = try await api.send(method, "/api/alice" + path, token: token, body: .object([name: value]))
            #expect(reply.status == 422)
            let errors = reply.json?["errors"]?.array ?? []
            #expect(errors.contains(["field": .string(field), "message": .string(Self.violation)]), "\(errors)")
        }
    }

    @Test(
        "in a query, names included",
        arguments: [
            "/tasks?search=TOWER", "/tasks?tag=TOWER", "/tasks?TOWER=1", "/tasks?sort=TOWER", "/tasks?cursor=TOWER",
            "/conversations?search=TOWER", "/changes?cursor=TOWER", "/tasks/export?format=TOWER",
        ])
    func parameters(path: String) async throws {
        try await APIFixture.run { api in
            let path = path.replacing("TOWER", with: "a" + String(repeating: "%CC%81", count: 31))
            let reply = try await api.send(.get, "/api/alice" + path, token: try api.token("alice"))
            #expect(reply.status == 400)
            #expect(reply.json?["errors"]?.array?.first?["message"] == .string(Self.violation))
        }
    }

    @Test(
        "in the rows of an import",
        arguments: [
            "title,description\nfine,\nTOWER,\n", "title,description\nfine,\nx,TOWER\n",
            "title,tags\nfine,\nx,a;TOWER\n", "title,completed\nfine,\nx,TOWER\n", "title,id\nfine,\nx,TOWER\n",
        ])
    func rows(csv: String) async throws {
        try await APIFixture.run { api in
            let reply = try await api.send(
                .post, "/api/alice/tasks/import", token: try api.token("alice"),
                raw: csv.replacing("TOWER", with: Self.tower), headers: [.contentType: "text/csv"])
            #expect(reply.json?["imported"] == 1)
            let rejected = reply.json?["rejected"]?.array ?? []
            #expect(rejected.map { $0["row"] } == [2])
            #expect(rejected.first?["errors"]?.array?.first?["message"] == .string(Self.violation))
        }
    }

    @Test("in the header of an import")
    func header() async throws {
        try await APIFixture.run { api in
            let reply = try await api.send(
                .post, "/api/alice/tasks/import", token: try api.token("alice"), raw: "title,\(Self.tower)\nx,y\n",
                headers: [.contentType: "text/csv"])
            #expect(reply.status == 422)
            #expect(reply.json?["errors"]?.array?.first?["message"] == .string(Self.violation))
        }
    }
}
