import Foundation
import JSON
import TestSupport
import Testing

@Suite(.serialized, .timeLimit(.minutes(3))) struct ServerLifeTests {
    @Test("A task that was answered with 201 is there after kill -9")
    func killed() async throws {
        try await Deployment.run { site in
            let token = try await site.token("acme", "alice")
            try await site.serve { server in
                let answer = try await site.curl("POST", "/api/alice/tasks", token: token, title: "Survive")
                server.signal(SIGKILL)
                #expect(answer.status == 201)
                #expect(answer["location"] == "/api/alice/tasks/1")
                #expect(try await server.end(within: .seconds(10)) == .signalled(SIGKILL))
            }
            try await site.serve { _ in
                let tasks = try await site.curl("GET", "/api/alice/tasks", token: token)
                #expect(tasks.json["items"]?.array?.map { $0["title"] } == ["Survive"])
            }
        }
    }

    @Test("A conversation goes on after a restart")
    func restarted() async throws {
        try await Deployment.run { site in
            let token = try await site.token("acme", "alice")
            let conversation = try await site.serve { _ in
                let answer = try await site.curl.chat("alice", "Add a task to water the plants", token: token)
                return try #require(answer.json["conversation_id"])
            }
            try await site.serve { _ in
                let answer = try await site.curl.chat(
                    "alice", "Show me all my tasks", token: token, conversation: conversation)
                #expect(answer.json["conversation_id"] == conversation, "\(answer.body)")
                #expect(answer.json["response"]?.string?.contains("plants") == true)
                let path = "/api/alice/conversations/\(conversation.text)/messages"
                let messages = try await site.curl("GET", path, token: token).json["items"]?.array
                #expect(messages?.map { $0["role"] } == ["user", "assistant", "user", "assistant"])
            }
        }
    }

    @Test("SIGTERM ends the server cleanly", arguments: [SIGTERM, SIGINT])
    func terminated(signal: Int32) async throws {
        try await Deployment.run { site in
            try await site.serve { server in
                let health = try await site.curl("GET", "/healthz")
                #expect(health.status == 200)
                server.signal(signal)
                let ending = try await server.end(within: .seconds(30))
                #expect(ending == .exited(0), "\(site.log)")
            }
        }
    }

    @Test("A second server on the same data folder refuses, and names the first")
    func second() async throws {
        try await Deployment.run { site in
            try await site.serve { server in
                let result = try await site.steward("serve", "--fastcgi", "unix:" + site.folder["second.sock"])
                #expect(result.ending == .exited(1))
                #expect((result.errors + result.output).contains("\(server.processID)"))
                #expect(try await site.curl("GET", "/healthz").status == 200)
            }
        }
    }

    @Test("The socket has the mode that it was told, and 0660 if none", arguments: [nil, "0666"])
    func socketMode(mode: String?) async throws {
        try await Deployment.run { site in
            try await site.serve(mode.map { ["--socket-mode", $0] } ?? []) { _ in
                let path = site.folder["steward.sock"]
                let attributes = try FileManager.default.attributesOfItem(atPath: path)
                let found = try #require(attributes[.posixPermissions] as? NSNumber)
                #expect(String(found.intValue, radix: 8) == (mode == nil ? "660" : "666"))
            }
        }
    }
}
