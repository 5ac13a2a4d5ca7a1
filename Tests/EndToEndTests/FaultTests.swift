import Foundation
import GRDB
import JSON
import TestSupport
import Testing

/// Limits of the system reached by a running server: `prlimit` sets and removes them.
@Suite(.serialized, .timeLimit(.minutes(10))) struct FaultTests {
    @Test(
        "A disk that takes no more fails one user's writes clearly, loses nothing that was answered, and harms nobody")
    func writesFail() async throws {
        try await Deployment.run { site in
            let alice = try await site.token("acme", "alice")
            let bob = try await site.token("acme", "bob")
            try await site.serve { server in
                #expect(try await Self.add(bob, "bob", site) == 201)
                var stored = 0
                for _ in 0..<10 { if try await Self.add(alice, "alice", site) == 201 { stored += 1 } }
                #expect(stored == 10)
                // Only her log grows beyond this.
                try await Self.limit(server, "--fsize=262144:")
                var refused = 0
                for _ in 0..<60 {
                    switch try await Self.add(alice, "alice", site) {
                    case 201: stored += 1
                    case 503: refused += 1
                    case let status: Issue.record("\(status)")
                    }
                }
                #expect(refused > 0)
                #expect(try await Self.add(bob, "bob", site) == 201)
                let reports = site.log.split(separator: "\n").filter { $0.contains("database failed") }
                #expect((1...3).contains(reports.count), "\(site.log)")
                #expect(try await site.steward("status", "--json").json["store"]?["faulty"] == 1)
                try await Self.limit(server, "--fsize=unlimited:")
                #expect(try await Self.add(alice, "alice", site) == 201)
                let last = try await site.curl("GET", "/api/alice/tasks?sort=-id&limit=1", token: alice)
                #expect(last.json["items"]?.array?.first?["id"]?.integer == stored + 1)
                #expect(try await site.steward("verify").output == "2 whole\n")
            }
        }
    }

    @Test("Without descriptors new files do not open, open ones are served, and all is well when there are some again")
    func descriptors() async throws {
        try await Deployment.run { site in
            let alice = try await site.token("acme", "alice")
            let bob = try await site.token("acme", "bob")
            try await site.serve { server in
                #expect(try await Self.add(alice, "alice", site) == 201)
                // nginx keeps its connection; a database needs two descriptors more.
                let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(server.processID)/fd").count
                try await Self.limit(server, "--nofile=\(open):")
                let refused = try await site.curl("POST", "/api/bob/tasks", token: bob, title: "x")
                #expect(refused.status == 503)
                #expect(refused.json["code"] == "overloaded")
                #expect(try await Self.add(alice, "alice", site) == 201)
                try await Self.limit(server, "--nofile=1024:")
                #expect(try await Self.add(bob, "bob", site) == 201)
                #expect(site.log.contains("database refused"), "\(site.log)")
                #expect(site.log.contains("database opens again"))
                #expect(try await site.steward("verify").output == "2 whole\n")
            }
        }
    }

    @Test("Another program cannot open a database that the server has open")
    func secondProcess() async throws {
        try await Deployment.serving { site in
            let token = try await site.token("acme", "alice")
            #expect(try await Self.add(token, "alice", site) == 201)
            let path = try #require(try site.databases(of: "acme").first)
            let error = #expect(throws: DatabaseError.self) {
                try DatabaseQueue(path: path).inDatabase { try $0.execute(sql: "DELETE FROM todo") }
            }
            #expect(error?.resultCode == .SQLITE_BUSY)
            #expect(try await Self.add(token, "alice", site) == 201)
            let list = try await site.curl("GET", "/api/alice/tasks", token: token)
            #expect(list.json["items"]?.array?.count == 2)
        }
    }

    private static func add(_ token: String, _ user: String, _ site: Deployment) async throws -> Int {
        let title = String(repeating: "x", count: 190)
        return try await site.curl("POST", "/api/\(user)/tasks", token: token, title: title).status
    }

    private static func limit(_ server: ChildProcess, _ limit: String) async throws {
        let result = try await CommandResult.of("prlimit", ["--pid", "\(server.processID)", limit])
        #expect(result.succeeded, "\(result)")
    }
}
