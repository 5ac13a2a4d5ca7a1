import Foundation
import JSON
import StoreTesting
import TestSupport
import Testing

/// Real servers whose tenants' data is in PostgreSQL.
@Suite(.serialized, .timeLimit(.minutes(5))) struct DatabaseTests {
    @Test("REST, chats, undo and a restart, beside a tenant in the data folder")
    func everyday() async throws {
        try await DatabaseSite.run { site in
            let token = try await site.token("acme", "alice")
            let other = try await site.token("globex", "alice")
            try await site.node("a") { node in
                for _ in 1...2 {
                    let created = try await node(
                        "POST", "/api/alice/tasks", token: token, headers: [("Idempotency-Key", "k1")],
                        body: #"{"title":"Milk"}"#)
                    #expect(created.status == 201, "\(created.text)")
                    #expect(created.json["id"] == 1)
                }
                let chat = try await node(
                    "POST", "/api/alice/chat", token: token, body: #"{"message":"Add eggs and bread"}"#)
                #expect(chat.status == 200, "\(chat.text)")
                let all = try await node("GET", "/api/alice/tasks", token: token).titles
                #expect(all == ["Bread", "Eggs", "Milk"])
                let undone = try await node("POST", "/api/alice/undo", token: token, body: #"{"turn_id":1}"#)
                #expect(undone.status == 200, "\(undone.text)")
                let file = try await node("POST", "/api/alice/tasks", token: other, body: #"{"title":"In a file"}"#)
                #expect(file.status == 201, "\(file.text)")
                let status = try await site.steward("status", "--json", "--data", site.folder["data-a"])
                #expect(try JSONParser.parse(status.output)["databases"]?["main"]?["state"] == "ready")
                let users = try await site.steward("user", "list", "acme", "--json", "--data", site.folder["data-a"])
                #expect(try JSONParser.parse(users.output).array?.map { $0["user"] } == ["alice"], "\(users.errors)")
            }
            let users = try await site.steward("user", "list", "acme", "--json", "--data", site.folder["data-a"])
            #expect(try JSONParser.parse(users.output).array?.map { $0["user"] } == ["alice"], "\(users.errors)")
            try await site.node("a") { node in
                let kept = try await node("GET", "/api/alice/tasks", token: token).titles
                #expect(kept == ["Milk"])
                let said = try await node("GET", "/api/alice/conversations/1/messages", token: token)
                #expect(said.json["items"]?.array?.count == 2)
                let file = try await node("GET", "/api/alice/tasks", token: other).titles
                #expect(file == ["In a file"])
            }
            #expect(!FileManager.default.fileExists(atPath: site.folder["data-a/acme"]))
            // Each node has ended its lease.
            #expect(try await site.database.psql("SELECT count(*) FROM steward.node") == "0")
        }
    }

    @Test("A node reads what another one has stored, and ends the turn of one that was killed")
    func twoNodes() async throws {
        try await DatabaseSite.run { site in
            let token = try await site.token("acme", "alice")
            func chat(_ node: DatabaseSite.Node) async throws -> FastCGIAnswer {
                try await node(
                    "POST", "/api/alice/chat", token: token, headers: [("Idempotency-Key", "k1")],
                    body: #"{"message":"Add milk and eggs"}"#)
            }
            try await site.node("b") { b in
                try await site.node("a", environment: ["STEWARD_CRASH_AT": "called-0"]) { a in
                    let created = try await a(
                        "POST", "/api/alice/tasks", token: token, body: #"{"title":"Made on A"}"#)
                    #expect(created.status == 201, "\(created.text)")
                    let read = try await b("GET", "/api/alice/tasks", token: token).titles
                    #expect(read == ["Made on A"])
                    _ = try? await chat(a)
                    let ending = try await a.process.end(within: .seconds(10))
                    #expect(ending == .signalled(SIGKILL))
                }
                try await eventually("the turn has ended", within: .seconds(20)) {
                    try await site.database.psql("SELECT count(*) FROM steward.running") == "0"
                }
                let said = try await b("GET", "/api/alice/conversations/1/messages", token: token).json["items"]?.array
                #expect(said?.map { $0["status"] } == ["complete", "incomplete"])
                let again = try await chat(b)
                #expect(again.status == 200, "\(again.text)")
                let all = try await b("GET", "/api/alice/tasks", token: token).titles
                #expect(all == ["Eggs", "Made on A", "Milk"])
            }
        }
    }

    @Test("A database that cannot be reached stops neither the server nor the other tenants")
    func unreachable() async throws {
        try await DatabaseSite.run { site in
            try site.writeStores(host: "/nonexistent")
            let token = try await site.token("acme", "alice")
            let other = try await site.token("globex", "alice")
            try await site.node("a") { node in
                let refused = try await node("GET", "/api/alice/tasks", token: token)
                #expect(refused.status == 503, "\(refused.text)")
                #expect(refused["retry-after"] != nil)
                let read = try await node("GET", "/api/alice/tasks", token: other)
                #expect(read.status == 200)
            }
        }
    }

    @Test("A stores.yaml with a mistake stops the start; without one, libpq is not loaded")
    func files() async throws {
        try await DatabaseSite.run { site in
            try site.folder.write("stores: {main: {engine: postgresql}}\n", to: "stores.yaml")
            let refused = try await site.steward("serve", "--data", site.folder["data-a"])
            #expect(!refused.succeeded)
            #expect(refused.errors.contains("stores.main.hosts: is required"), "\(refused.errors)")
            try FileManager.default.removeItem(atPath: site.folder["stores.yaml"])
            try site.folder.write("provider: offline\n", to: "tenants/globex/tenant.yaml")
            let token = try await site.token("acme", "alice")
            try await site.node("a") { node in
                let created = try await node("POST", "/api/alice/tasks", token: token, body: #"{"title":"Milk"}"#)
                #expect(created.status == 201, "\(created.text)")
                #expect(try !node.maps().contains("libpq"))
            }
        }
    }
}
