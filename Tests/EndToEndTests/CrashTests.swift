import Foundation
import JSON
import TestSupport
import Testing

/// Crashes between two steps of a turn that adds two tasks; after a restart nothing is lost, duplicated or incomplete.
@Suite(.serialized, .timeLimit(.minutes(5))) struct CrashTests {
    static let points = ["begun", "answered-0", "called-0", "called-1", "answered-1", "ended"]

    @Test("The same Idempotency-Key brings a turn to its end, whatever step the process died after", arguments: points)
    func resumes(point: String) async throws {
        try await Deployment.run { site in
            let token = try await site.token("acme", "alice")
            func chat() async throws -> Curl.Answer {
                try await site.curl(
                    "POST", "/api/alice/chat", token: token, headers: ["Idempotency-Key: k1"],
                    body: #"{"message":"Add milk and eggs"}"#)
            }
            try await site.serve(environment: ["STEWARD_CRASH_AT": point]) { server in
                let status = try await chat().status
                #expect(status >= 500)
                let ending = try await server.end(within: .seconds(10))
                #expect(ending == .signalled(SIGKILL))
            }
            try await site.serve { _ in
                let answer = try await chat()
                #expect(answer.status == 200, "\(answer.body)")
                #expect(answer["idempotent-replayed"] == (point == "ended" ? "true" : nil))
                #expect(answer.json["tool_calls"]?.array?.count == 2)
                let found = try await titles(site, token)
                #expect(found == ["Eggs", "Milk"])
                let changes = try await site.curl("GET", "/api/alice/changes", token: token).json["items"]?.array
                #expect(changes?.map { $0["kind"] } == ["created", "created"])
                #expect(changes?.map { $0["turn_id"] } == [1, 1])
                let said = try await messages(site, token)
                #expect(said == ["user complete", "assistant complete"])
                let replayed = try await chat()["idempotent-replayed"]
                #expect(replayed == "true")
                let count = try await titles(site, token).count
                #expect(count == 2)
                let undone = try await site.curl(
                    "POST", "/api/alice/undo", token: token, body: #"{"turn_id":1}"#)
                #expect(undone.status == 200, "\(undone.body)")
                let left = try await titles(site, token)
                #expect(left == [])
            }
        }
    }

    @Test("Without a key the turn is marked incomplete, and its conversation goes on", arguments: points.dropLast())
    func goesOn(point: String) async throws {
        try await Deployment.run { site in
            let token = try await site.token("acme", "alice")
            try await site.serve(environment: ["STEWARD_CRASH_AT": point]) { server in
                _ = try await site.curl.chat("alice", "Add milk and eggs", token: token)
                let ending = try await server.end(within: .seconds(10))
                #expect(ending == .signalled(SIGKILL))
            }
            try await site.serve { _ in
                let said = try await messages(site, token)
                #expect(said == ["user complete", "assistant incomplete"])
                // The results of all calls made are stored, in order, and no others.
                let stored = ["begun": 0, "answered-0": 0, "called-0": 1][point] ?? 2
                let count = try await titles(site, token).count
                #expect(count == stored)
                let next = try await site.curl.chat("alice", "Add bread", token: token, conversation: 1)
                #expect(next.status == 200, "\(next.body)")
                let grown = try await titles(site, token).count
                #expect(grown == stored + 1)
            }
        }
    }

    @Test("A turn that has ended the process twice is not tried a third time", arguments: ["begun", "answered-0"])
    func abandons(point: String) async throws {
        try await Deployment.run { site in
            let token = try await site.token("acme", "alice")
            func chat(_ key: String) async throws -> Curl.Answer {
                try await site.curl(
                    "POST", "/api/alice/chat", token: token, headers: ["Idempotency-Key: \(key)"],
                    body: #"{"message":"Add milk and eggs"}"#)
            }
            for _ in 1...2 {
                try await site.serve(environment: ["STEWARD_CRASH_AT": point]) { server in
                    let status = try await chat("k1").status
                    #expect(status >= 500)
                    let ending = try await server.end(within: .seconds(10))
                    #expect(ending == .signalled(SIGKILL))
                }
            }
            // The crash point is still active: running the turn again would end the process.
            for _ in 1...2 {
                try await site.serve(environment: ["STEWARD_CRASH_AT": point]) { _ in
                    for _ in 1...2 {
                        let answer = try await chat("k1")
                        #expect(answer.status == 422, "\(answer.body)")
                        #expect(answer.json["code"] == "abandoned")
                        #expect(answer["retry-after"] == nil)
                    }
                    let said = try await messages(site, token)
                    #expect(said == ["user complete", "assistant incomplete"])
                }
            }
            try await site.serve { _ in
                let kept = try await chat("k1").status
                #expect(kept == 422)
                let stored = try await titles(site, token).count
                let new = try await chat("k2")
                #expect(new.status == 200, "\(new.body)")
                let count = try await titles(site, token).count
                #expect(count == stored + 2)
            }
        }
    }

    private func titles(_ site: Deployment, _ token: String) async throws -> [String] {
        let tasks = try await site.curl("GET", "/api/alice/tasks", token: token)
        return (tasks.json["items"]?.array ?? []).compactMap { $0["title"]?.string }.sorted()
    }

    private func messages(_ site: Deployment, _ token: String) async throws -> [String] {
        let messages = try await site.curl("GET", "/api/alice/conversations/1/messages", token: token)
        return (messages.json["items"]?.array ?? []).map {
            "\($0["role"]?.string ?? "") \($0["status"]?.string ?? "")"
        }
    }
}
