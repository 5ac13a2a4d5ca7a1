import Foundation
import JSON
import TestSupport
import Testing

/// `steward tenant delete --purge` beside tenants that are served.
@Suite(.serialized, .timeLimit(.minutes(5))) struct PurgeTests {
    @Test("A tenant is deleted with its data while another one is served, and can be made anew")
    func besideOthers() async throws {
        try await Deployment.run { site in
            let acme = try await ["alice", "bob"].asyncMap { ($0, try await site.token("acme", $0)) }
            let eve = try await site.token("globex", "eve")
            try await site.serve { _ in
                for (user, token) in acme {
                    #expect(try await site.curl("POST", "/api/\(user)/tasks", token: token, title: "a").status == 201)
                }
                let served = try await withThrowingTaskGroup(of: Int.self) { group in
                    let ended = Flag()
                    group.addTask {
                        var count = 0
                        while !ended.isRaised || count < 5 {
                            let answer = try await site.curl("POST", "/api/eve/tasks", token: eve, title: "b")
                            #expect(answer.status == 201)
                            count += 1
                        }
                        return count
                    }
                    let purged = try await site.steward("tenant", "delete", "acme", "--yes", "--purge")
                    #expect(purged.succeeded, "\(purged)")
                    ended.raise()
                    return try await group.next() ?? 0
                }
                #expect(!FileManager.default.fileExists(atPath: site.folder["data/acme"]))
                #expect(!FileManager.default.fileExists(atPath: site.folder["tenants/acme"]))
                let tasks = try await site.curl("GET", "/api/eve/tasks?limit=100", token: eve).json["items"]?.array
                #expect(tasks?.count == min(served, 100))
                for (user, token) in acme {
                    #expect(try await site.curl("GET", "/api/\(user)/tasks", token: token).status == 401)
                }
                let actions = try await site.steward("audit", "acme", "--json").json.array?.compactMap {
                    $0["action"]?.string
                }
                #expect(actions?.suffix(3) == ["tenant.disable", "tenant.purge", "tenant.delete"])

                #expect(try await site.steward("tenant", "create", "acme", "--provider", "offline").succeeded)
                #expect(try await site.steward("key", "create", "acme").succeeded)
                let token = try await site.token("acme", "alice")
                try await eventually("the new tenant is served") {
                    try await site.curl("POST", "/api/alice/tasks", token: token, title: "anew").status == 201
                }
                let anew = try await site.curl("GET", "/api/alice/tasks", token: token).json["items"]?.array
                #expect(anew?.compactMap { $0["title"]?.string } == ["anew"])
            }
        }
    }
}
