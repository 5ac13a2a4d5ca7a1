import Foundation
import GRDB
import JSON
import TestSupport
import Testing

/// The operator's commands on users' data, through the running server and without one.
@Suite(.serialized, .timeLimit(.minutes(10))) struct UserDataTests {
    @Test("A backup is taken while the server runs, copies only what has changed, and brings everything back")
    func backupAndRestore() async throws {
        try await Deployment.run { site in
            let users = ["alice", "bob|x", "c@d.example"]
            let tokens = try await users.asyncMap { try await site.token("acme", $0) }
            let backup = site.folder["backup"]
            try await site.serve { _ in
                for (user, token) in zip(users, tokens) { try await Self.add("first", user, token, site) }
                let first = try await site.steward("backup", backup, "--json")
                #expect(first.json == ["copied": 3, "unchanged": 0, "removed": 0, "problems": []], "\(first)")
                let second = try await site.steward("backup", backup, "--json").json
                #expect(second["unchanged"] == 3)
                try await Self.add("second", users[0], tokens[0], site)
                let third = try await site.steward("backup", backup, "--json").json
                #expect(third["copied"] == 1)
                #expect(third["unchanged"] == 2)

                for (user, token) in zip(users, tokens) { try await Self.add("lost", user, token, site) }
                let one = try await site.steward(
                    "restore", backup, "--tenant", "acme", "--user", users[0], "--yes", "--json")
                #expect(one.json["restored"] == 1, "\(one)")
                #expect(try await Self.titles(users[0], tokens[0], site) == ["first", "second"])
                #expect(try await Self.titles(users[1], tokens[1], site) == ["first", "lost"])
                let all = try await site.steward("restore", backup, "--yes")
                #expect(all.output == "3 restored\n", "\(all)")
                #expect(try await Self.titles(users[2], tokens[2], site) == ["first"])
                #expect(try await site.steward("verify").output == "3 whole\n")
            }
            // Without a server the commands use the data folder directly.
            let fourth = try await site.steward("backup", backup, "--json")
            #expect(fourth.json["problems"] == [], "\(fourth)")
            #expect(try await site.steward("verify", "--json").json["whole"] == 3)
            try FileManager.default.removeItem(atPath: site.folder["data"])
            #expect(try await site.steward("restore", backup, "--yes", "--json").json["restored"] == 3)
            try await site.serve { _ in
                #expect(try await Self.titles(users[0], tokens[0], site) == ["first", "second"])
                try await Self.add("new", users[2], tokens[2], site)
            }
        }
    }

    @Test("Users are listed, shown, exported and deleted, with a server and without")
    func users() async throws {
        try await Deployment.run { site in
            let token = try await site.token("acme", "alice")
            try await site.serve { _ in
                try await Self.add("Buy milk", "alice", token, site)
                _ = try await site.curl.chat("alice", "Remind me to call mum", token: token)
                try await Self.commands(site, to: "exported")
            }
            try await Self.commands(site, to: "exported-again")

            try await site.serve { _ in
                let backup = site.folder["backup"]
                #expect(try await site.steward("backup", backup, "--json").json["copied"] == 1)
                let asked = try await site.steward("user", "delete", "acme", "alice")
                #expect(!asked.succeeded)
                #expect(asked.errors.contains("--yes"))
                #expect(try !Self.files(in: site, with: "Buy milk", "alice").isEmpty)
                let deleted = try await site.steward("user", "delete", "acme", "alice", "--yes")
                #expect(deleted.succeeded)
                // Also while the server runs: neither file, log nor the tenant's index remains.
                #expect(try Self.files(in: site, with: "Buy milk", "alice") == [])
                #expect(try site.databases(of: "acme") == [])
                #expect(try await site.curl("GET", "/api/alice/tasks", token: token).json["items"] == [])
                let again = try await site.steward("user", "delete", "acme", "alice", "--yes")
                #expect(!again.succeeded)
                #expect(again.errors.contains("there is no data"))
                #expect(try await site.steward("backup", backup, "--json").json["removed"] == 1)
                let gone = try await site.steward("restore", backup, "--yes")
                #expect(!gone.succeeded)
                #expect(site.log.contains("user deleted"))
                let audit = try await site.steward("audit", "acme", "--json").json.array ?? []
                let actions = audit.compactMap { $0["action"]?.string }
                #expect(
                    actions.filter { $0.hasPrefix("user.") } == [
                        "user.export", "user.export", "user.delete", "user.delete",
                    ])
                #expect(audit.last?["details"]?["user"] == "alice")
                #expect(!site.log.contains("alice"))
            }
        }
    }

    @Test("Damage is reported by name, everybody else is copied, and a damaged copy is not restored")
    func damage() async throws {
        try await Deployment.run { site in
            let users = ["alice", "bob"]
            let tokens = try await users.asyncMap { try await site.token("acme", $0) }
            let backup = site.folder["backup"]
            try await site.serve { _ in
                for (user, token) in zip(users, tokens) {
                    for number in 0..<30 {
                        try await Self.add("\(number) " + String(repeating: "x", count: 150), user, token, site)
                    }
                }
                #expect(try await site.steward("backup", backup).succeeded)
            }
            let alice = try Self.file(of: "alice", site)
            let copy = alice.replacing(site.folder["data"], with: backup)
            try Self.damage(alice)
            try await site.serve { _ in
                let check = try await site.steward("verify", "--json")
                #expect(check.ending == .exited(1))
                #expect(check.json["whole"] == 1)
                #expect(check.json["problems"]?.array?.first?["of"] == "acme/alice")
                let partial = try await site.steward("backup", backup, "--json")
                #expect(partial.ending == .exited(1))
                #expect(partial.json["problems"]?.array?.count == 1, "\(partial)")
                // The earlier copy is intact and restores her data over the damage.
                #expect(try await site.steward("verify", backup).output == "2 whole\n")
                #expect(
                    try await site.steward("restore", backup, "--tenant", "acme", "--user", "alice", "--yes").succeeded)
                #expect(try await site.steward("verify").output == "2 whole\n")
                try Self.damage(copy)
                #expect(try await site.steward("verify", backup).ending == .exited(1))
                let refused = try await site.steward("restore", backup, "--yes", "--json")
                #expect(refused.ending == .exited(1))
                #expect(refused.json["restored"] == 1)
                #expect(try await Self.titles("alice", tokens[0], site).count == 30)
            }
            // The file is lost, but the tenant's index still lists her.
            try FileManager.default.removeItem(atPath: Self.file(of: "alice", site))
            let lost = try await site.steward("verify", "--json")
            #expect(lost.ending == .exited(1))
            #expect(lost.json["whole"] == 1)
            #expect(lost.json["problems"]?.array?.first?["of"] == "acme/alice")
        }
    }

    @Test("What cannot work is refused with what to do next")
    func refusals() async throws {
        try await Deployment.run { site in
            let none = try await site.steward("user", "list", "acme")
            #expect(none.errors.contains("there is no data folder"))
            #expect(!FileManager.default.fileExists(atPath: site.folder["data"]))
            try await site.serve { _ in
                #expect(try await site.steward("user", "list", "acme").output.contains("No user"))
                #expect(try await site.steward("user", "show", "acme", "alice").errors.contains("there is no data"))
                #expect(try await site.steward("user", "show", "acme", "a/b").ending == .exited(64))
                let inside = try await site.steward("backup", site.folder["data"])
                #expect(!inside.succeeded)
                #expect(inside.errors.contains("is in the data folder"))
                try FileManager.default.createDirectory(
                    atPath: site.folder["there"], withIntermediateDirectories: false)
                let export = try await site.steward("user", "export", "acme", "alice", "--to", site.folder["there"])
                #expect(export.errors.contains("cannot be created"))
                let missing = try await site.steward("user", "export", "acme", "alice", "--to", site.folder["new"])
                #expect(missing.errors.contains("there is no data"))
                #expect(!FileManager.default.fileExists(atPath: site.folder["new"]))
                #expect(try await site.steward("restore", site.folder["nowhere"], "--yes").errors.contains("no folder"))
                #expect(
                    try await site.steward("restore", site.folder["there"], "--user", "a", "--yes").ending
                        == .exited(64))
                let socket = site.folder["data/admin.sock"]
                for (method, path, status) in [
                    ("GET", "/tenants/UPPER/users", "400"), ("GET", "/tenants/acme/users/a%2Fb", "400"),
                    ("GET", "/tenants/acme/users/alice/database", "404"),
                    ("DELETE", "/tenants/acme/users/alice", "404"), ("GET", "/tenants/..%2F/users", "400"),
                    ("PUT", "/tenants/acme/users/alice/database", "409"),
                ] {
                    let answer = try await CommandResult.of(
                        "curl",
                        [
                            "--silent", "--unix-socket", socket, "--request", method, "--data-binary", "no database",
                            "--output", "/dev/null", "--write-out", "%{http_code}", "http://localhost\(path)",
                        ])
                    #expect(answer.output == status, "\(method) \(path)")
                }
                #expect(try FileManager.default.contentsOfDirectory(atPath: site.folder["data/.scratch"]) == [])
            }
        }
    }

    /// Lists, shows and exports alice, who has one task and one conversation.
    private static func commands(_ site: Deployment, to name: String) async throws {
        let list = try await site.steward("user", "list", "acme", "--json").json
        #expect(list.array?.count == 1)
        #expect(list.array?.first?["user"] == "alice")
        let show = try await site.steward("user", "show", "acme", "alice", "--json").json
        #expect(show["conversations"] == 1)
        #expect(show["messages"] == 2)
        let folder = site.folder[name]
        let export = try await site.steward("user", "export", "acme", "alice", "--to", folder)
        #expect(export.succeeded, "\(export)")
        let document = try JSONParser.parse(site.folder.text(of: name + "/user.json"))
        #expect(document["tenant"] == "acme")
        #expect(document["user"] == "alice")
        #expect(document["tasks"]?.array?.first?["title"] == "Buy milk")
        #expect(document["tasks"]?.array?.count == show["tasks"]?.integer)
        #expect(document["changes"]?.array?.count == show["changes"]?.integer)
        let messages = document["conversations"]?.array?.first?["messages"]?.array
        #expect(messages?.count == 2)
        #expect(messages?.first?["content"] == "Remind me to call mum")
        let mode = try FileManager.default.attributesOfItem(atPath: folder + "/user.sqlite")[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let queue = try DatabaseQueue(path: folder + "/user.sqlite")
        let title = try await queue.read { try String.fetchOne($0, sql: "SELECT title FROM todo ORDER BY id") }
        #expect(title == "Buy milk")
        try queue.close()
    }

    private static func add(_ title: String, _ user: String, _ token: String, _ site: Deployment) async throws {
        let answer = try await site.curl("POST", "/api/\(path(user))/tasks", token: token, title: title)
        #expect(answer.status == 201)
    }

    private static func titles(_ user: String, _ token: String, _ site: Deployment) async throws -> [String] {
        let answer = try await site.curl("GET", "/api/\(path(user))/tasks?limit=100", token: token)
        return (answer.json["items"]?.array ?? []).compactMap { $0["title"]?.string }
    }

    /// Returns the files of the data folder that contain one of these texts.
    private static func files(in site: Deployment, with texts: String...) throws -> [String] {
        let names = FileManager.default.enumerator(atPath: site.folder["data"])?.compactMap { $0 as? String } ?? []
        return names.filter { name in
            let data = FileManager.default.contents(atPath: site.folder["data/" + name]) ?? Data()
            return texts.contains { data.range(of: Data($0.utf8)) != nil }
        }
    }

    private static func path(_ user: String) -> String {
        user.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    /// Returns the database of a user, found by its content.
    private static func file(of user: String, _ site: Deployment) throws -> String {
        let files = try site.databases(of: "acme").filter { path in
            let queue = try DatabaseQueue(path: path)
            defer { try? queue.close() }
            return try queue.read { try String.fetchOne($0, sql: "SELECT user FROM owner") } == user
        }
        return try #require(files.first)
    }

    private static func damage(_ path: String) throws {
        let handle = try #require(FileHandle(forUpdatingAtPath: path))
        try handle.seek(toOffset: 8192)
        try handle.write(contentsOf: Data(repeating: 0xA5, count: 4096))
        try handle.close()
    }
}
