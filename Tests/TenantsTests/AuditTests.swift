import Foundation
import Identity
import JSON
import ProviderKit
import Secrets
import Tenants
import TestSupport
import Testing
import Time
import Tokens

@Suite struct AuditTests {
    let acme: TenantID
    let fresh: TenantID

    init() throws {
        acme = try #require(TenantID("acme"))
        fresh = try #require(TenantID("fresh"))
    }

    private func entries(_ tenants: TemporaryTenants, _ id: TenantID) throws -> [AuditEntry] {
        try #require(try AuditLog(paths: tenants.paths).read(id)).entries
    }

    @Test func `Every change is written down, with who made it and never a secret`() async throws {
        try await TemporaryTenants.with([:]) { tenants in
            let sudo = AuditActor(userID: 0, login: "root", sudoUser: "grace")
            let administration = TenantAdministration(root: tenants.root, actor: sudo)
            let provider = try #require(tenants.registry["offline"])
            let master = MasterKeyFile(path: tenants.root + "/.master")
            let secret = Secret(Array(repeating: UInt8(ascii: "s"), count: 40))
            try administration.create(TenantTemplate(id: fresh, provider: provider), registry: tenants.registry)
            let key = try administration.createKey(fresh, algorithm: .hs512, now: .now)
            let imported = try administration.importKey(
                .init(algorithm: .hs256, secret: secret, issuer: "https://issuer.example"), tenant: fresh, now: .now)
            let next = try administration.rotateKeys(fresh, grace: .seconds(3_600), now: .now)
            try administration.revokeKey(key.kid, tenant: fresh)
            try administration.deleteKey(key.kid, tenant: fresh)
            let user = try #require(UserID("alice"))
            let issued = try TokenIssuer.issue(
                user: user, key: next, lifetime: .seconds(60), keys: tenants.directory().snapshot, now: .now)
            try administration.recordToken(issued, user: user, key: next)
            try administration.revoke(.user(user, until: .now), tenant: fresh, now: .now)
            _ = try administration.createMasterKey(master)
            let sealed = try administration.seal(secret, provider: "openrouter", tenant: fresh, file: master)
            try tenants.write("# \(sealed.reference)\nprovider: offline\n", to: tenants.paths.file(fresh))
            _ = try administration.rotateMasterKey(master, registry: tenants.registry) { _, _ in }
            for action in [AuditAction.exportUser, .importUser, .restoreUsers, .deleteUser] {
                try administration.record(action, fresh, ["user": .string(user.rawValue)])
            }
            try administration.disable(fresh)
            try administration.enable(fresh)
            try administration.enable(fresh)
            try administration.record(.purgeTenant, fresh, [:])
            try administration.delete(fresh, isPurged: true)

            let entries = try entries(tenants, fresh)
            #expect(
                entries.map(\.action) == [
                    .createTenant, .createKey, .importKey, .rotateKeys, .revokeKey, .deleteKey, .issueToken,
                    .revokeToken, .sealSecret, .rotateMasterKey, .exportUser, .importUser, .restoreUsers,
                    .deleteUser, .disableTenant, .enableTenant, .purgeTenant, .deleteTenant,
                ])
            #expect(Set(entries.map(\.action)) == Set(AuditAction.allCases))
            #expect(entries.allSatisfy { $0.actor == sudo && $0.outcome == .done })
            #expect(entries[3].details["kid"] == .string(next.kid.rawValue))
            #expect(entries[3].details["retired"] == [.string(key.kid.rawValue)])
            #expect(entries[6].details["user"] == "alice")

            let path = tenants.paths.audit(fresh)
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let secrets = [key, imported, next].map(\.secret) + [secret, issued.token]
            for secret in secrets {
                #expect(!text.contains(secret.revealed()))
                #expect(!text.contains(Base64URL.encode(secret.revealedBytes())))
            }
            #expect(!text.contains(sealed.reference))
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            let folder = try FileManager.default.attributesOfItem(atPath: tenants.paths.auditFolder)
            #expect(folder[.posixPermissions] as? Int == 0o700)
        }
    }

    @Test func `What was refused is not written down, and a tenant without changes has no log`() async throws {
        try await TemporaryTenants.with { tenants in
            let before = try entries(tenants, acme).count
            let kid = try #require(KeyID("missing"))
            #expect(throws: TenantAdministrationError.self) {
                try tenants.administration.revokeKey(kid, tenant: acme)
            }
            #expect(throws: TenantAdministrationError.self) {
                try tenants.administration.deleteKey(kid, tenant: acme)
            }
            #expect(throws: TenantAdministrationError.self) { try tenants.administration.disable(fresh) }
            #expect(try entries(tenants, acme).count == before)
            let none = try AuditLog(paths: tenants.paths).read(fresh)
            #expect(none == nil)
        }
    }

    @Test func `A change that cannot be written down is not made`() async throws {
        try await TemporaryTenants.with { tenants in
            let path = tenants.paths.audit(acme)
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/dev/null")
            #expect(throws: TenantAdministrationError.self) { try tenants.administration.disable(acme) }
            #expect(!FileManager.default.fileExists(atPath: tenants.paths.disabled(acme)))
        }
    }

    @Test func `A change that failed is marked as such`() async throws {
        try await TemporaryTenants.with { tenants in
            // A folder is in the place of the file.
            try FileManager.default.createDirectory(
                atPath: tenants.paths.disabled(acme) + "/x", withIntermediateDirectories: true)
            #expect(throws: TenantAdministrationError.self) { try tenants.administration.disable(acme) }
            let last = try entries(tenants, acme).suffix(2)
            #expect(last.map(\.action) == [.disableTenant, .disableTenant])
            #expect(last.map(\.outcome) == [.done, .failed])
        }
    }

    @Test func `A line that a crash cut off costs no other line`() async throws {
        try await TemporaryTenants.with { tenants in
            let path = tenants.paths.audit(acme)
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try tenants.write(text + "{\"at\":\"2026", to: path)
            try tenants.administration.disable(acme)
            let log = try #require(try AuditLog(paths: tenants.paths).read(acme))
            #expect(log.entries.map(\.action) == [.createKey, .disableTenant])
            #expect(log.badLines == [2])
        }
    }

    @Test func `An entry is read as it was written`() throws {
        let entry = AuditEntry(
            at: UnixTime(1_800_000_000), actor: AuditActor(userID: 7, login: nil), action: .createKey,
            outcome: .failed, details: ["kid": "k\n\u{1B}"])
        #expect(AuditEntry(entry.json) == entry)
        #expect(!entry.json.text.contains("\n"))
        #expect(AuditEntry(["at": "now"]) == nil)
    }
}
