import Foundation
import TestSupport
import Testing

/// Commands ended by a signal in the middle of a file.
@Suite(.timeLimit(.minutes(5))) struct KilledCommandTests {
    /// Runs a command that is killed after writing a file of the tenant, before the sync.
    private static func killed(_ steward: Operator, _ arguments: String...) async throws {
        let faults = try DiskFaults(in: steward.folder)
        try faults.kill(at: .sync, on: "tenants/acme/")
        let result = try await StewardProgram.run(
            arguments, environment: faults.environment, directory: steward.folder.path)
        #expect(result.ending == .signalled(SIGKILL), "\(result)")
    }

    private static func names(_ steward: Operator, _ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: steward.folder[folder]).sorted()
    }

    @Test("A command that is killed while it writes a tenant file leaves the old one, and nothing beside it")
    func tenantFile() async throws {
        try await Operator.with { steward in
            let file = "provider: offline\n"
            try steward.folder.write(file, to: "tenants/acme/tenant.yaml")
            let master = steward.folder["master"]
            #expect(try await steward("secret", "create-master", master).succeeded)
            let sealed = try await steward(
                "secret", "seal", "acme", "openrouter", "--master-key", master, input: "sk-or-v1-0123456789")
            let text = file + "providers: {openrouter: {api_key: \"\(sealed.line)\"}}\n"
            try steward.folder.write(text, to: "tenants/acme/tenant.yaml")
            try await Self.killed(steward, "secret", "rotate-master", "--master-key", master)
            #expect(steward.folder.text(of: "tenants/acme/tenant.yaml") == text)
            #expect(try Self.names(steward, "tenants/acme") == ["tenant.yaml"])
        }
    }

    @Test("A command that is killed while it writes a key leaves no secret behind")
    func key() async throws {
        try await Operator.with { steward in
            try steward.folder.write("provider: offline\n", to: "tenants/acme/tenant.yaml")
            #expect(try await steward("key", "create", "acme").succeeded)
            let keys = try Self.names(steward, "tenants/acme/keys")
            #expect(keys.count == 1)
            for arguments in [["key", "create", "acme"], ["key", "rotate", "acme"]] {
                try await Self.killed(steward, arguments[0], arguments[1], arguments[2])
                #expect(try Self.names(steward, "tenants/acme/keys") == keys)
            }
        }
    }

    @Test("What a killed command has left is named by tenant check, and gone after the next command")
    func named() async throws {
        try await Operator.with { steward in
            try steward.folder.write("provider: offline\n", to: "tenants/acme/tenant.yaml")
            let name = "tenants/acme/.tenant.yaml.0123456789ab"
            try steward.folder.write("provider: off", to: name)
            // It may be in use.
            #expect(try await steward("tenant", "check").succeeded)
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -120)], ofItemAtPath: steward.folder[name])
            let check = try await steward("tenant", "check")
            #expect(check.ending == .exited(1))
            #expect(check.output.contains("\(name): is left over"), "\(check)")
            #expect(try await steward("key", "create", "acme").succeeded)
            #expect(!FileManager.default.fileExists(atPath: steward.folder[name]))
            #expect(try await steward("tenant", "check").succeeded)
        }
    }
}
