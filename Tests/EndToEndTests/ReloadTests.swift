import Foundation
import JSON
import TestSupport
import Testing

/// An operator's changes do not affect running requests, and apply to all later ones.
@Suite(.serialized, .timeLimit(.minutes(3))) struct ReloadTests {
    private static func file(_ upstream: ScriptedUpstream, model: String, instructions: String) -> String {
        """
        name: Acme GmbH
        provider: openrouter
        providers:
          openrouter:
            model: \(model)
            api_key: env:ACME_OPENROUTER_API_KEY
            base_url: \(upstream.url)/api/v1
            allow_private: true
        assistant:
          instructions: \(instructions)

        """
    }

    private static func metrics(_ site: Deployment) async throws -> String {
        try await CommandResult.of(
            "curl", ["--silent", "--unix-socket", site.folder["data/admin.sock"], "http://localhost/metrics"]
        ).output
    }

    @Test("A running turn ends with the configuration that it began with, and its stream is not dropped")
    func runningTurn() async throws {
        let gate = ScriptedGate()
        let replies = [
            ScriptedReply.stream(
                [UpstreamChat.text("Let me see."), .wait(gate)]
                    + UpstreamChat.call("add_task", ["title": "Buy milk"]).steps),
            UpstreamChat.say("Added."), UpstreamChat.say("Hello again."),
        ]
        try await ScriptedUpstream.run(replies) { upstream in
            let before = Self.file(upstream, model: "maker/first", instructions: "Speak like a pirate.")
            let after = Self.file(upstream, model: "maker/second", instructions: "Speak like a poet.")
            try await Deployment.serving(
                tenants: ["acme": before], environment: ["ACME_OPENROUTER_API_KEY": "sk-or-v1-0123456789abcdef"]
            ) { site in
                let token = try await site.token("acme", "alice")
                let events = try await site.curl.streamChat("alice", "Remember the milk", token: token) { stream in
                    _ = try await stream.event("the first piece") { $0.data["content"] == "Let me see." }
                    try site.folder.replace(after, at: "tenants/acme/tenant.yaml")
                    try await eventually("the new file is read") { site.log.contains("tenant changed") }
                    gate.open()
                    return try await stream.end()
                }
                #expect(events.last?.name == "done", "\(events)")
                #expect(events.last?.data["provider"] == "openrouter")
                _ = try await site.curl.chat("alice", "Hello?", token: token)
                #expect(
                    upstream.requests.map { $0.json["model"] } == ["maker/first", "maker/first", "maker/second"])
                let prompts = upstream.requests.map { $0.json["messages"]?.array?.first?["content"]?.string ?? "" }
                #expect(prompts.map { $0.contains("pirate") } == [true, true, false])
                #expect(prompts.map { $0.contains("poet") } == [false, false, true])
            }
        }
    }

    @Test("A broken edit keeps the old tenant working, and says so in the log, in tenant check and in a metric")
    func brokenEdit() async throws {
        try await Deployment.serving { site in
            let token = try await site.token("acme", "alice")
            let good = site.folder.text(of: "tenants/acme/tenant.yaml")
            try site.folder.replace("provider: ofline\n", at: "tenants/acme/tenant.yaml")
            try await eventually("the broken file is refused") {
                site.log.contains("kept with its previous configuration")
            }
            let answer = try await site.curl.chat("alice", "Add a task to water the plants", token: token)
            #expect(answer.status == 200, "\(answer.body)")

            let check = try await site.steward("tenant", "check")
            #expect(check.ending == .exited(1))
            #expect(check.output.contains("tenant.yaml:1:11"))
            let broken = try await Self.metrics(site)
            #expect(broken.contains("steward_tenants{state=\"ready\"} 2\n"))
            #expect(broken.contains("steward_tenants_with_problems 1\n"))
            #expect(broken.contains("steward_tenant_reloads_refused_total 1\n"), "\(broken)")

            // An unchanged invalid file is not reported again.
            #expect(try await site.steward("tenant", "enable", "globex").succeeded)
            #expect(try await site.steward("key", "create", "globex").succeeded)
            #expect(try await Self.metrics(site).contains("steward_tenant_reloads_refused_total 1\n"))
            try site.folder.replace(good, at: "tenants/acme/tenant.yaml")
            try await eventually("the mended file is read") {
                try await Self.metrics(site).contains("steward_tenants_with_problems 0\n")
            }
            #expect(try await site.steward("tenant", "check").succeeded)
        }
    }

    @Test("A running server knows of a command's change when the command ends")
    func told() async throws {
        try await Deployment.serving { site in
            let token = try await site.token("acme", "alice")
            #expect(try await site.curl("GET", "/api/alice/tasks", token: token).status == 200)
            #expect(try await site.steward("token", "revoke", "--tenant", "acme", "--user", "alice").succeeded)
            #expect(try await site.curl("GET", "/api/alice/tasks", token: token).status == 401)

            #expect(try await site.steward("tenant", "disable", "globex").succeeded)
            let globex = try await site.token("globex", "dana")
            #expect(try await site.curl("GET", "/api/dana/tasks", token: globex).status == 403)
            #expect(try await site.steward("tenant", "enable", "globex").succeeded)
            #expect(try await site.curl("GET", "/api/dana/tasks", token: globex).status == 200)

            #expect(try await site.steward("tenant", "create", "initech").succeeded)
            #expect(try await site.steward("key", "create", "initech").succeeded)
            let initech = try await site.token("initech", "peter")
            #expect(try await site.curl("GET", "/api/peter/tasks", token: initech).status == 200)
            #expect(try await site.steward("tenant", "delete", "initech", "--yes").succeeded)
            #expect(try await site.curl("GET", "/api/peter/tasks", token: initech).status == 401)
        }
    }

    @Test("A socket that a crash has left behind holds no command up")
    func staleSocket() async throws {
        try await Deployment.run { site in
            try await site.serve { server in
                server.signal(SIGKILL)
                _ = try await server.end(within: .seconds(10))
            }
            #expect(FileManager.default.fileExists(atPath: site.folder["data/admin.sock"]))
            #expect(try await site.steward("tenant", "disable", "globex").succeeded)
        }
    }

    @Test("A server opens sealed secrets, and goes on through the rotation of its master key")
    func masterKey() async throws {
        let secret = "sk-or-v1-0123456789abcdef"
        try await ScriptedUpstream.run([UpstreamChat.say("One."), UpstreamChat.say("Two.")]) { upstream in
            try await Deployment.run(tenants: ["acme": "provider: offline\n"]) { site in
                let master = site.folder["master"]
                #expect(try await site.steward("secret", "create-master", master).succeeded)
                let sealed = try await StewardProgram.run(
                    ["secret", "seal", "acme", "openrouter", "--master-key", master], directory: site.folder.path,
                    input: secret)
                let file = Self.file(upstream, model: "maker/first", instructions: "Be brief.")
                try site.folder.replace(
                    file.replacing("env:ACME_OPENROUTER_API_KEY", with: sealed.line), at: "tenants/acme/tenant.yaml")
                let token = try await site.token("acme", "alice")
                try await site.serve(["--master-key", master]) { _ in
                    let first = try await site.curl.chat("alice", "Hello", token: token)
                    #expect(first.json["response"] == "One.", "\(first.body)\n\(site.log)")
                    let rotated = try await site.steward("secret", "rotate-master", "--master-key", master)
                    #expect(rotated.succeeded, "\(rotated.errors)")
                    let second = try await site.curl.chat("alice", "Hello", token: token)
                    #expect(second.json["response"] == "Two.", "\(second.body)")
                    for request in upstream.requests {
                        #expect(request.header("authorization") == "Bearer \(secret)")
                    }
                    #expect(!site.log.contains("kept with its previous configuration"))
                    #expect(!(site.log + site.nginxLog).contains(secret.suffix(8)))
                }
            }
        }
    }
}

extension TemporaryFolder {
    /// Replaces a file as editors do.
    fileprivate func replace(_ text: String, at name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: self[name]), options: .atomic)
    }
}
