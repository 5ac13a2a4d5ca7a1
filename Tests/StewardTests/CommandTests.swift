import Foundation
import JSON
import TestSupport
import Testing

/// The commands as run by an operator.
@Suite struct CommandTests {
    @Test("From nothing to a verified token: tenant, key, token")
    func firstSteps() async throws {
        try await Operator.with { steward in
            #expect(try await steward("tenant", "create", "acme", "--name", "Acme GmbH").succeeded)
            #expect(try await steward("key", "create", "acme").succeeded)
            let token = try await steward(
                "token", "issue", "acme", "alice", "--scope", "chat,tasks:read", "--jti", "j1")
            #expect(token.succeeded)
            #expect(token.line.split(separator: ".").count == 3)
            #expect(token.output == token.line + "\n")
            #expect(token.errors.isEmpty)

            let verdict = try await steward("token", "verify", "--json", input: token.output)
            #expect(verdict.succeeded)
            #expect(verdict.json["valid"] == true)
            #expect(verdict.json["reason"] == .null)
            #expect(verdict.json["tenant"] == "acme")
            #expect(verdict.json["user"] == "alice")
            #expect(verdict.json.object?.names == ["valid", "reason", "tenant", "user", "kid", "exp"])
            let inspected = try await steward("token", "inspect", "-", "--json", input: token.output)
            #expect(inspected.json["claims"]?["jti"] == "j1")
            #expect(inspected.json["claims"]?["scope"] == "chat tasks:read")

            let list = try await steward("tenant", "list", "--json").json
            #expect(
                list == [
                    ["id": "acme", "name": "Acme GmbH", "state": "ready", "providers": ["offline"], "keys": 1]
                ])
            #expect(try await steward("tenant", "check").succeeded)
        }
    }

    @Test("A bad token exits with 1 and says why, without repeating it")
    func badToken() async throws {
        try await Operator.with { steward in
            _ = try await steward("tenant", "create", "acme")
            _ = try await steward("key", "create", "acme")
            let token = try await steward("token", "issue", "acme", "alice").line
            let altered = try await steward("token", "verify", "--json", input: String(token.dropLast(4)) + "AAAA")
            #expect(altered.ending == .exited(1))
            #expect(altered.json["valid"] == false)
            #expect(altered.json["reason"] == "signature")
            #expect(altered.json["user"] == .null)
            let garbage = try await steward("token", "verify", input: "garbage")
            #expect(garbage.ending == .exited(1))
            #expect(!(garbage.output + garbage.errors).contains("garbage"))
            let argument = try await steward("token", "verify", token)
            #expect(argument.ending == .exited(64))
            #expect(!(argument.output + argument.errors).contains(token.suffix(12)))
        }
    }

    @Test("Revoking ends a token, a user's tokens, or a key")
    func revoking() async throws {
        try await Operator.with { steward in
            _ = try await steward("tenant", "create", "acme")
            _ = try await steward("key", "create", "acme")
            let first = try await steward("token", "issue", "acme", "alice").output
            let second = try await steward("token", "issue", "acme", "alice").output
            let bobs = try await steward("token", "issue", "acme", "bob").output
            func reason(_ token: String) async throws -> JSONValue? {
                try await steward("token", "verify", "--json", input: token).json["reason"]
            }
            #expect(try await steward("token", "revoke", "-", input: first).succeeded)
            #expect(try await reason(first) == "revoked")
            #expect(try await reason(second) == .null)
            #expect(try await steward("token", "revoke", "--tenant", "acme", "--user", "alice").succeeded)
            #expect(try await reason(second) == "revoked")
            #expect(try await reason(bobs) == .null)
            let kid = try #require(try await steward("key", "list", "acme", "--json").json.array?.first?["kid"]?.string)
            #expect(try await steward("key", "revoke", "acme", kid).succeeded)
            #expect(try await reason(bobs) == "revoked_key", "\(kid)")
        }
    }

    @Test("Rotating keeps the old tokens good and signs with the new key")
    func rotating() async throws {
        try await Operator.with { steward in
            _ = try await steward("tenant", "create", "acme")
            let old = try await steward("key", "create", "acme", "--alg", "HS384", "--json").json
            let token = try await steward("token", "issue", "acme", "alice").output
            let new = try await steward("key", "rotate", "acme", "--grace", "2h", "--json").json
            #expect(new["kid"] != old["kid"])
            #expect(new["alg"] == "HS384")
            #expect(try await steward("token", "verify", input: token).succeeded)
            let keys = try await steward("key", "list", "acme", "--json").json.array ?? []
            #expect(keys.first { $0["signs"] == true }?["kid"] == new["kid"])
            #expect(keys.first { $0["kid"] == old["kid"] }?["state"] == "verify")
        }
    }

    @Test("A secret comes in on standard input and never goes out again")
    func importing() async throws {
        try await Operator.with { steward in
            _ = try await steward("tenant", "create", "acme")
            let secret = "0123456789abcdef-the-shared-secret"
            let imported = try await steward("key", "import", "acme", "--kid", "issuer-1", input: secret + "\n")
            #expect(imported.succeeded)
            let weak = try await steward("key", "import", "acme", input: "short")
            #expect(weak.ending == .exited(1))
            #expect(weak.errors.contains("32 bytes"))
            for command in [["key", "list", "acme"], ["tenant", "show", "acme"], ["tenant", "check"]] {
                let result = try await StewardProgram.run(command, directory: steward.folder.path)
                #expect(!(result.output + result.errors).contains("shared-secret"))
            }
            #expect(!(imported.output + imported.errors).contains("shared-secret"))
        }
    }

    @Test("An id that begins with - is named after --")
    func dashes() async throws {
        try await Operator.with { steward in
            _ = try await steward("tenant", "create", "acme")
            let secret = String(repeating: "s", count: 32)
            #expect(try await steward("key", "import", "acme", "--kid=-h1", input: secret).succeeded)
            #expect(try await steward("key", "revoke", "acme", "--", "-h1").succeeded)
            let keys = try await steward("key", "list", "acme", "--json").json.array
            #expect(keys?.map { $0["state"] } == ["revoked"])
        }
    }

    @Test("A tenant that still needs a key is created, and show says where the key is looked for")
    func needsKey() async throws {
        try await Operator.with { steward in
            let created = try await steward("tenant", "create", "acme", "--provider", "openrouter", "--json")
            #expect(created.succeeded)
            #expect(created.json["problems"]?.array?.count == 1)
            let key = "sk-or-v1-secret"
            let environment = ["ACME_OPENROUTER_API_KEY": key]
            #expect(try await steward("tenant", "check", "acme").ending == .exited(1))
            #expect(try await steward("tenant", "check", "acme", environment: environment).succeeded)
            let shown = try await steward("tenant", "show", "acme", environment: environment)
            #expect(shown.output.contains("env:ACME_OPENROUTER_API_KEY (set)"))
            #expect(!shown.output.contains(key))
            try steward.folder.write("export ACME_OPENROUTER_API_KEY='\(key)' # theirs\r\n", to: ".env")
            #expect(try await steward("tenant", "check", "acme").succeeded)
        }
    }

    @Test("A tenant can be made from a .env as the guide has it")
    func fromEnv() async throws {
        try await Operator.with { steward in
            try steward.folder.write(
                "LLM_PROVIDER=openrouter\nOPENROUTER_API_KEY=\"sk-or-v1-secret\"\nOPENROUTER_DEFAULT_MODEL=a/b\n",
                to: ".env")
            let created = try await steward("tenant", "create", "acme", "--from-env", ".env")
            #expect(created.succeeded, "\(created.errors)")
            let chain = try await steward("tenant", "show", "acme", "--json").json["chain"]?.array
            #expect(chain?.first?["model"] == "a/b")
            #expect(chain?.first?["api_key"] == "env:OPENROUTER_API_KEY (set)")
            #expect(!steward.folder.text(of: "tenants/acme/tenant.yaml").contains("sk-or"))
        }
    }

    @Test("A broken file is reported with its place and what would be right")
    func broken() async throws {
        try await Operator.with { steward in
            try steward.folder.write("name: Acme\nprovider: ofline\nlimit: {}\n", to: "tenants/acme/tenant.yaml")
            let result = try await steward("tenant", "check")
            #expect(result.ending == .exited(1))
            #expect(result.output.contains("tenants/acme/tenant.yaml:2:11"))
            #expect(result.output.contains("did you mean"))
            let json = try await steward("tenant", "check", "acme", "--json").json.array
            #expect(json?.count == 2)
            #expect(json?.first?["line"] == 2)
        }
    }

    @Test("What is written is nobody else's to read")
    func modes() async throws {
        try await Operator.with { steward in
            _ = try await steward("tenant", "create", "acme")
            _ = try await steward("key", "create", "acme")
            let files = FileManager.default.enumerator(atPath: steward.folder["tenants/acme/keys"])
            let paths = files?.compactMap { $0 as? String } ?? []
            #expect(paths.count == 1)
            for path in paths.map({ steward.folder["tenants/acme/keys/\($0)"] }) + [steward.folder["tenants/acme/keys"]]
            {
                let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
                #expect((mode?.intValue ?? -1) & 0o077 == 0, "\(path)")
            }
        }
    }

    @Test("The folders come from options, then the environment, then .env, then their defaults")
    func folders() async throws {
        try await Operator.with { steward in
            func ids(_ arguments: [String], _ environment: [String: String] = [:]) async throws -> [JSONValue?] {
                let result = try await StewardProgram.run(
                    ["tenant", "list", "--json"] + arguments, environment: environment, directory: steward.folder.path)
                return result.json.array?.map { $0["id"] } ?? []
            }
            for folder in ["tenants", "a", "b", "c"] {
                _ = try await steward("tenant", "create", "in-\(folder)", "--tenants", folder)
            }
            #expect(try await ids([]) == ["in-tenants"])
            try steward.folder.write("STEWARD_TENANTS=a\n", to: ".env")
            #expect(try await ids([]) == ["in-a"])
            #expect(try await ids([], ["STEWARD_TENANTS": "b"]) == ["in-b"])
            #expect(try await ids(["--tenants", "c"], ["STEWARD_TENANTS": "b"]) == ["in-c"])
        }
    }

    @Test("Errors go to standard error with what to do next; usage errors exit with 64")
    func exitCodes() async throws {
        try await Operator.with { steward in
            let missing = try await steward("tenant", "list")
            #expect(missing.ending == .exited(1))
            #expect(missing.output.isEmpty)
            #expect(missing.errors.contains("steward tenant create"))
            _ = try await steward("tenant", "create", "acme")
            let noKey = try await steward("token", "issue", "acme", "alice")
            #expect(noKey.ending == .exited(1))
            #expect(noKey.errors.contains("steward key create acme"))
            #expect(try await steward("tenant", "create").ending == .exited(64))
            #expect(try await steward("tenant", "frob").ending == .exited(64))
            #expect(try await steward("tenant", "create", "Acme").ending == .exited(64))
        }
    }

    @Test("The providers that are built in are listed")
    func providers() async throws {
        try await Operator.with { steward in
            let ids = try await steward("provider", "list", "--json").json.array?.compactMap { $0["id"]?.string }
            #expect(ids?.contains("offline") == true)
            #expect(ids?.contains("openrouter") == true)
            #expect(try await steward("provider", "show", "openrouter").output.contains("openai/gpt-oss-20b:free"))
            #expect(try await steward("provider", "show", "nope").ending == .exited(1))
        }
    }
}
