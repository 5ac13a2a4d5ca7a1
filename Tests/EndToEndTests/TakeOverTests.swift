import Foundation
import JSON
import TestSupport
import Testing

/// A sequence of servers on the same socket and data. `make torture` runs it with more requests.
@Suite(.serialized, .timeLimit(.minutes(15))) struct TakeOverTests {
    private static let posts = ProcessInfo.processInfo.environment["STEWARD_TORTURE_POSTS"].flatMap { Int($0) } ?? 600
    private static let clients = 6

    @Test("No POST fails and none is lost while servers take over from each other")
    func losesNothing() async throws {
        try await Deployment.run { site in
            let tokens = try await Self.users.asyncMap { try await site.token("acme", $0) }
            try await site.serve { first in
                let load = Task {
                    try await withThrowingTaskGroup(of: [Int].self) { group in
                        for (user, token) in zip(Self.users, tokens) {
                            group.addTask {
                                try await site.curl.repeated(
                                    Self.posts / Self.clients, "POST", "/api/\(user)/tasks", token: token,
                                    body: #"{"title": "x"}"#)
                            }
                        }
                        return try await group.reduce(into: []) { $0 += $1 }
                    }
                }
                defer { load.cancel() }
                let isOver = Flag()
                let watch = Task {
                    let statuses = try await load.value
                    isOver.raise()
                    return statuses
                }
                let takeOvers = try await Self.takeOver(from: first, at: site, until: isOver, count: 0)
                let statuses = try await watch.value
                #expect(takeOvers >= 1)
                #expect(statuses.count == Self.posts / Self.clients * Self.clients)
                #expect(statuses.filter { $0 != 201 } == [], "\(site.log)\n\(site.nginxLog)")
            }
            // Each answered request is stored once.
            try await site.serve { _ in
                for (user, token) in zip(Self.users, tokens) {
                    let last = try await site.curl("GET", "/api/\(user)/tasks?sort=-id&limit=1", token: token)
                    #expect(last.json["items"]?.array?.first?["id"]?.integer == Self.posts / Self.clients)
                }
            }
        }
    }

    @Test("A stream that is running when another server takes over gets its terminal event")
    func endsStreams() async throws {
        let gate = ScriptedGate()
        let reply = ScriptedReply.stream([UpstreamChat.text("I am "), .wait(gate)] + UpstreamChat.ending)
        try await ScriptedUpstream.run([reply]) { upstream in
            try await Deployment.run(
                tenants: ["acme": UpstreamChat.tenant(upstream)],
                environment: [UpstreamChat.keyVariable: "sk-or-v1-0123456789abcdef"]
            ) { site in
                let token = try await site.token("acme", "alice")
                try await site.serve { first in
                    try await site.curl.streamChat("alice", "Hello", token: token) { stream in
                        _ = try await stream.event("the first text") { $0.name == "message" }
                        try await site.serve(["--take-over"]) { second in
                            let events = try await stream.end()
                            #expect(events.last?.name == "error")
                            #expect(events.last?.data["code"] == "draining")
                            #expect(events.last?.data["retryable"] == true)
                            #expect(try await first.end(within: .seconds(15)) == .exited(0))
                            let messages = try await site.curl(
                                "GET", "/api/alice/conversations/1/messages", token: token)
                            #expect(messages.json["items"]?.array?.last?["content"] == "I am ")
                            #expect(messages.json["items"]?.array?.last?["status"] == "incomplete")
                            #expect(second.ending == nil)
                        }
                    }
                }
                gate.open()
            }
        }
    }

    private static let users = (1...clients).map { "user\($0)" }

    /// Replaces one server by another until the load ends; returns the number of replacements.
    private static func takeOver(
        from old: ChildProcess, at site: Deployment, until isOver: Flag, count: Int
    ) async throws -> Int {
        try await site.serve(["--take-over"]) { new in
            let ending = try await old.end(within: .seconds(20))
            #expect(ending == .exited(0), "\(site.log)")
            try await eventually("the new server has the data") {
                try await site.steward("status", "--json").json["pid"]?.integer == Int(new.processID)
            }
            guard !isOver.isRaised, count < 40 else {
                // The last server runs until every request is answered.
                try await eventually("the end of the load", within: .seconds(600)) { isOver.isRaised }
                return count + 1
            }
            return try await takeOver(from: new, at: site, until: isOver, count: count + 1)
        }
    }
}
