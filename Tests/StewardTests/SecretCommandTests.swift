import Foundation
import JSON
import TestSupport
import Testing

/// Sealed secrets and the audit log, as seen by an operator.
@Suite struct SecretCommandTests {
    private static let key = "sk-or-v1-0123456789abcdef"

    @Test("From nothing to a tenant with a sealed key, and on to a new master key")
    func sealing() async throws {
        try await Operator.with { steward in
            let environment = ["STEWARD_MASTER_KEY_FILE": steward.folder["master"]]
            _ = try await steward("tenant", "create", "acme", "--provider", "openrouter")
            let unnamed = try await steward("secret", "seal", "acme", "openrouter", input: Self.key)
            #expect(unnamed.ending == .exited(1))
            #expect(unnamed.errors.contains("steward secret create-master"))
            #expect(try await steward("secret", "create-master", "master").succeeded)
            #expect(try await steward("secret", "create-master", "master").ending == .exited(1))

            let sealed = try await steward(
                "secret", "seal", "acme", "openrouter", "--master-key", "master", input: Self.key + "\n")
            #expect(sealed.succeeded, "\(sealed.errors)")
            #expect(sealed.line.hasPrefix("sealed:"))
            #expect(sealed.errors.contains("providers.openrouter.api_key"))
            let file = "# ours\nprovider: openrouter\nproviders:\n  openrouter:\n    api_key: \(sealed.line) # sealed\n"
            try steward.folder.write(file, to: "tenants/acme/tenant.yaml")
            let without = try await steward("tenant", "check", "acme")
            #expect(without.ending == .exited(1))
            #expect(without.output.contains("--master-key"))
            #expect(try await steward("tenant", "check", "acme", "--master-key", "master").succeeded)
            #expect(try await steward("tenant", "check", "acme", environment: environment).succeeded)
            let credentials = ["CREDENTIALS_DIRECTORY": steward.folder["credentials"]]
            try steward.folder.write(steward.folder.text(of: "master"), to: "credentials/steward-master")
            let shown = try await steward("tenant", "show", "acme", environment: credentials)
            #expect(shown.output.contains("(set)"))

            let rotated = try await steward("secret", "rotate-master", "--json", environment: environment)
            #expect(rotated.json["sealed"] == ["acme": 1], "\(rotated.errors)")
            #expect(rotated.json["resumed"] == false)
            #expect(try await steward("tenant", "check", "acme", environment: environment).succeeded)
            #expect(try await steward("tenant", "check", "acme", environment: credentials).ending == .exited(1))
            let text = steward.folder.text(of: "tenants/acme/tenant.yaml")
            #expect(text != file && text.hasPrefix("# ours\n") && text.hasSuffix(" # sealed\n"))
            for result in [sealed, without, shown, rotated] {
                #expect(!(result.output + result.errors).contains(Self.key.suffix(8)))
            }
        }
    }

    @Test("A secret is sealed for a tenant and a provider that there are")
    func unknown() async throws {
        try await Operator.with { steward in
            _ = try await steward("tenant", "create", "acme")
            _ = try await steward("secret", "create-master", "master")
            for arguments in [["nobody", "openrouter"], ["acme", "openruter"]] {
                let result = try await StewardProgram.run(
                    ["secret", "seal"] + arguments + ["--master-key", "master"], directory: steward.folder.path,
                    input: Self.key)
                #expect(result.ending == .exited(1))
                #expect(result.output.isEmpty)
            }
            let argument = try await steward("secret", "seal", "acme", "openrouter", Self.key)
            #expect(argument.ending == .exited(64))
        }
    }

    @Test("The audit log tells who did what, outlives the tenant, and holds no secret")
    func audit() async throws {
        try await Operator.with { steward in
            #expect(try await steward("audit", "acme").ending == .exited(1))
            _ = try await steward("tenant", "create", "acme")
            _ = try await steward("key", "create", "acme")
            let token = try await steward("token", "issue", "acme", "alice", "--jti", "j1").line
            let secret = String(repeating: "s", count: 40)
            _ = try await steward("key", "import", "acme", "--kid", "theirs", input: secret)
            _ = try await steward("token", "revoke", input: token)
            _ = try await steward("tenant", "delete", "acme", "--yes", "--purge")
            let entries = try await steward("audit", "acme", "--json").json.array ?? []
            #expect(
                entries.map { $0["action"] } == [
                    "tenant.create", "key.create", "token.issue", "key.import", "token.revoke", "tenant.disable",
                    "tenant.delete",
                ])
            #expect(entries.allSatisfy { $0["uid"] == .integer(Int(getuid())) && $0["outcome"] == "done" })
            #expect(entries[2]["details"]?["jti"] == "j1")
            let table = try await steward("audit", "acme", "--last", "1")
            #expect(table.output.contains("tenant.delete"))
            #expect(!table.output.contains("tenant.create"))
            let text = steward.folder.text(of: "tenants/.audit/acme.jsonl")
            #expect(!text.contains(secret.prefix(8)))
            #expect(!text.contains(token.suffix(8)))
        }
    }

    @Test("Check of all tenants names every problem of every file, and disabled ones too")
    func checkAll() async throws {
        try await Operator.with { steward in
            _ = try await steward("tenant", "create", "good")
            try steward.folder.write("provider: offline\nlimit: {}\n", to: "tenants/one/tenant.yaml")
            try steward.folder.write("provider: ofline\n", to: "tenants/two/tenant.yaml")
            try steward.folder.write("", to: "tenants/two/disabled")
            try steward.folder.write("", to: "tenants/Not-A-Tenant/x")
            let result = try await steward("tenant", "check")
            #expect(result.ending == .exited(1))
            #expect(result.errors.contains("3 problems"))
            for place in ["tenants/one/tenant.yaml:2:1", "tenants/two/tenant.yaml:1:11", "tenants/Not-A-Tenant"] {
                #expect(result.output.contains(place), "\(result.output)")
            }
            #expect(try await steward("tenant", "check", "good").succeeded)
        }
    }
}
