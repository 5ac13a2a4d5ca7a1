import Foundation
import GRDB
import JSON
import TestSupport
import Testing

/// `steward user import`, the inverse of `steward user export`.
@Suite(.serialized, .timeLimit(.minutes(10))) struct ImportTests {
    @Test("What was exported is imported again, through the server and without one, as the same user and as another")
    func roundTrip() async throws {
        try await Deployment.run { site in
            let alice = try await site.token("acme", "alice")
            let export = site.folder["export"]
            try await site.serve { _ in
                _ = try await site.curl("POST", "/api/alice/tasks", token: alice, title: "Buy milk")
                _ = try await site.curl.chat("alice", "Remind me to call mum", token: alice)
                #expect(try await site.steward("user", "export", "acme", "alice", "--to", export).succeeded)
                let there = try await site.steward("user", "import", "acme", "alice", "--from", export)
                #expect(there.ending == .exited(1))
                #expect(there.errors.contains("--replace"))
                let asked = try await site.steward("user", "import", "acme", "alice", "--from", export, "--replace")
                #expect(asked.ending == .exited(1))
                #expect(asked.errors.contains("--yes"))
                #expect(try await site.steward("user", "delete", "acme", "alice", "--yes").succeeded)
                let imported = try await site.steward("user", "import", "acme", "alice", "--from", export, "--json")
                #expect(imported.json["messages"] == 2, "\(imported)")
                try await Self.expectTitles(["Buy milk", "Call mum"], "alice", alice, site)

                let others = try await site.steward("user", "import", "globex", "eve", "--from", export)
                #expect(others.ending == .exited(1))
                #expect(others.errors.contains("alice of acme"))
                let adopted = try await site.steward(
                    "user", "import", "globex", "eve", "--from", export + "/user.sqlite", "--adopt")
                #expect(adopted.output.contains("has 2 tasks, 1 conversations"), "\(adopted)")
                let eve = try await site.token("globex", "eve")
                try await Self.expectTitles(["Buy milk", "Call mum"], "eve", eve, site)
                #expect(try await site.curl("POST", "/api/alice/tasks", token: alice, title: "Later").status == 201)
            }
            // Without a server the command uses the data folder directly.
            let replaced = try await site.steward(
                "user", "import", "acme", "alice", "--from", export, "--replace", "--yes")
            #expect(replaced.succeeded, "\(replaced)")
            let added = try await site.steward("user", "import", "acme", "bob", "--from", export, "--adopt")
            #expect(added.succeeded, "\(added)")
            try await site.serve { _ in
                for user in ["alice", "bob"] {
                    let token = try await site.token("acme", user)
                    try await Self.expectTitles(["Buy milk", "Call mum"], user, token, site)
                }
                #expect(try await site.steward("verify").output == "3 whole\n")
                #expect(!site.log.contains("alice"))
            }
            let audit = try await site.steward("audit", "acme", "--json").json.array ?? []
            let imports = audit.filter { $0["action"] == "user.import" }
            #expect(imports.count == 5)
            #expect(imports.first?["outcome"] == "done")
            #expect(imports.dropFirst().first?["outcome"] == "failed")
            #expect(
                imports.last?["details"] == ["from": .string(export), "replace": false, "adopt": true, "user": "bob"])
        }
    }

    @Test("What is no export is refused, through the server and without one, and changes nothing")
    func refusals() async throws {
        try await Deployment.run { site in
            let token = try await site.token("acme", "alice")
            try await site.serve { _ in
                _ = try await site.curl("POST", "/api/alice/tasks", token: token, title: "Buy milk")
                #expect(
                    try await site.steward("user", "export", "acme", "alice", "--to", site.folder["export"]).succeeded)
                try Self.spoil(site.folder["export"] + "/user.sqlite", in: site.folder)
                try await Self.expectRefusals(site)
                try await Self.expectTitles(["Buy milk"], "alice", token, site)
            }
            try await Self.expectRefusals(site)
            try await site.serve { _ in try await Self.expectTitles(["Buy milk"], "alice", token, site) }
        }
    }

    /// Creates files that look like an export but are not valid.
    private static func spoil(_ export: String, in folder: TemporaryFolder) throws {
        let files = FileManager.default
        let whole = try Data(contentsOf: URL(filePath: export))
        try whole.prefix(whole.count / 2).write(to: URL(filePath: folder["truncated"]))
        try Data("no database".utf8).write(to: URL(filePath: folder["text"]))
        try files.createSymbolicLink(atPath: folder["link"], withDestinationPath: export)
        try files.createDirectory(atPath: folder["empty"], withIntermediateDirectories: false)
        #expect(mkfifo(folder["pipe"], 0o600) == 0)
        for name in ["newer", "trigger", "open"] { try files.copyItem(atPath: export, toPath: folder[name]) }
        try edit(folder["newer"], "PRAGMA user_version = 99")
        try edit(folder["trigger"], "CREATE TRIGGER t AFTER INSERT ON todo BEGIN DELETE FROM todo; END")
        try Data("a log".utf8).write(to: URL(filePath: folder["open-wal"]))
    }

    private static func expectRefusals(_ site: Deployment) async throws {
        for (name, words) in [
            ("truncated", "damaged"), ("text", "damaged"), ("link", "not a regular file"),
            ("empty", "there is no such file"),
            ("pipe", "not a regular file"), ("newer", "newer version"), ("trigger", "damaged"),
            ("open", "was not closed"), ("nowhere", "there is no such file"),
        ] {
            for user in ["alice", "bob"] {
                let result = try await site.steward(
                    "user", "import", "acme", user, "--from", site.folder[name], "--replace", "--yes", "--adopt")
                #expect(result.ending == .exited(1), "\(name)")
                #expect(result.errors.contains(words), "\(name): \(result)")
            }
        }
        let stranger = try await site.steward("user", "import", "nobody", "alice", "--from", site.folder["export"])
        #expect(stranger.errors.contains("no tenant nobody"), "\(stranger)")
        #expect(try site.databases(of: "acme").count == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: site.folder["data/.scratch"]) == [])
    }

    private static func edit(_ path: String, _ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.inDatabase { try $0.execute(sql: sql) }
        try queue.close()
    }

    private static func expectTitles(
        _ expected: [String], _ user: String, _ token: String, _ site: Deployment
    ) async throws {
        let answer = try await site.curl("GET", "/api/\(user)/tasks", token: token)
        #expect((answer.json["items"]?.array ?? []).compactMap { $0["title"]?.string } == expected)
    }
}
