import Foundation
import GRDB
import JSON
import TestSupport
import Testing

/// `kill -9` at any moment. `make torture` does it more often.
@Suite(.serialized, .timeLimit(.minutes(30))) struct KillTests {
    private static let kills = ProcessInfo.processInfo.environment["STEWARD_TORTURE_KILLS"].flatMap { Int($0) } ?? 3
    private static let users = ["alice", "bob", "carol"]

    @Test("What was answered with 201 is there after kill -9, nothing is half there, and every file is whole")
    func keepsWhatItAnswered() async throws {
        try await Deployment.run { site in
            let tokens = try await Self.users.asyncMap { try await site.token("acme", $0) }
            var acknowledged = Dictionary(uniqueKeysWithValues: Self.users.map { ($0, 0) })
            for round in 1...Self.kills {
                try await site.serve { server in
                    for (user, token) in zip(Self.users, tokens) {
                        let answer = try await site.curl("POST", "/api/\(user)/tasks", token: token, title: "first")
                        #expect(answer.status == 201)
                        acknowledged[user, default: 0] += 1
                    }
                    let answered = try await withThrowingTaskGroup(of: (String, Int).self) { group in
                        for (user, token) in zip(Self.users, tokens) {
                            group.addTask {
                                let statuses = try await site.curl.repeated(
                                    200, "POST", "/api/\(user)/tasks", token: token, body: #"{"title": "x"}"#)
                                return (user, statuses.filter { $0 == 201 }.count)
                            }
                        }
                        // A different moment in each round, chosen at random.
                        try await Task.sleep(for: .milliseconds(50 + round * 37 % 400))
                        server.signal(SIGKILL)
                        return try await group.reduce(into: []) { $0.append($1) }
                    }
                    for (user, count) in answered { acknowledged[user, default: 0] += count }
                    #expect(try await server.end(within: .seconds(10)) == .signalled(SIGKILL))
                }
                for path in try site.databases(of: "acme") { try Self.check(path) }
                try await site.serve { _ in
                    for (user, token) in zip(Self.users, tokens) {
                        let last = try await site.curl("GET", "/api/\(user)/tasks?sort=-id&limit=1", token: token)
                        let stored = last.json["items"]?.array?.first?["id"]?.integer ?? 0
                        let known = acknowledged[user] ?? 0
                        // One request may have been stored before its answer arrived.
                        #expect((known...known + 1).contains(stored), "\(user): \(stored) of \(known)")
                        acknowledged[user] = stored
                    }
                }
            }
            #expect(acknowledged.values.reduce(0, +) > 0)
        }
    }

    /// Checks that the file is intact and every task has its journal entry.
    private static func check(_ path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.read { database in
            #expect(try String.fetchOne(database, sql: "PRAGMA integrity_check") == "ok")
            // The process may have ended between the creation of a file and its first transaction.
            guard try database.tableExists("todo") else { return }
            let tasks = try Int.fetchOne(database, sql: "SELECT count(*) FROM todo")
            let changes = try Int.fetchOne(database, sql: "SELECT count(*) FROM change")
            #expect(tasks == changes)
        }
        try queue.close()
    }
}
