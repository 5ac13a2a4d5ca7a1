import Foundation
import Identity
import ProviderKit
import Secrets
import Tenants
import TestSupport
import Testing
import Time
import Tokens

@Suite struct TenantAdministrationTests {
    let acme: TenantID
    let fresh: TenantID
    let now = UnixTime(1_800_000_000)

    init() throws {
        acme = try #require(TenantID("acme"))
        fresh = try #require(TenantID("fresh"))
    }

    private func mode(_ path: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    @Test(arguments: TemporaryTenants.registry.descriptors)
    func `A new tenant's file is read again, whatever its name and provider`(_ provider: ProviderDescriptor)
        async throws
    {
        try await TemporaryTenants.with([:]) { tenants in
            let template = TenantTemplate(id: fresh, name: "Ümläut \"& Co\": #1\n{", provider: provider)
            try tenants.administration.create(template, registry: tenants.registry)
            let (file, problems) = TenantFile.read(tenants.paths.file(fresh), registry: tenants.registry)
            #expect(problems.isEmpty)
            #expect(file?.name == "Ümläut \"& Co\": #1\n{")
            #expect(file?.targets.map(\.providerID) == [provider.id])
            #expect(try mode(tenants.paths.keys(fresh)) == 0o700)
            #expect(throws: TenantAdministrationError.tenantExists(fresh)) {
                try tenants.administration.create(template, registry: tenants.registry)
            }
            let left = try FileManager.default.contentsOfDirectory(atPath: tenants.root)
            #expect(left.sorted() == [".audit", "fresh"])
        }
    }

    @Test func `What a new tenant still needs is said`() async throws {
        try await TemporaryTenants.with([:]) { tenants in
            let provider = try #require(tenants.registry["openai-compatible"])
            try tenants.administration.create(
                TenantTemplate(id: fresh, provider: provider), registry: tenants.registry)
            #expect(
                tenants.directory().snapshot.problems(of: fresh).map(\.message) == [
                    "is required by openai-compatible",
                    "is required by openai-compatible, which has no default",
                ])
        }
    }

    @Test func `A template takes provider, model and key from a .env, and leaves the key there`() throws {
        let variables = DotEnv("OPENROUTER_API_KEY='sk-1'\nOPENROUTER_DEFAULT_MODEL=a/b:free\n", environment: [:])
            .values
        let template = try #require(
            TenantTemplate(id: fresh, variables: variables, registry: TemporaryTenants.registry))
        #expect(template.provider.id == "openrouter")
        #expect(template.model == "a/b:free")
        #expect(template.apiKey == .environment("OPENROUTER_API_KEY"))
        #expect(!template.text.contains("sk-1"))
        #expect(TenantTemplate(id: fresh, variables: [:], registry: TemporaryTenants.registry) == nil)
        #expect(
            TenantTemplate(id: fresh, variables: ["LLM_PROVIDER": "Offline"], registry: TemporaryTenants.registry)?
                .provider.id == "offline")
    }

    @Test(arguments: SigningAlgorithm.allCases)
    func `A new key is random, as long as its hash, and only its owner's`(_ algorithm: SigningAlgorithm) async throws {
        try await TemporaryTenants.with { tenants in
            let key = try tenants.administration.createKey(acme, algorithm: algorithm, now: now)
            #expect(key.secret.count == algorithm.hash.byteCount)
            #expect(try mode(tenants.paths.key(acme, key.kid)) == 0o600)
            let record = try #require(tenants.directory().snapshot.records[acme])
            #expect(record.keys.contains(key) && record.problems.isEmpty)
        }
    }

    @Test func `After a rotation the new key signs, and the old one verifies for the grace period`() async throws {
        try await TemporaryTenants.with([:]) { tenants in
            try tenants.add("acme")
            let administration = tenants.administration
            let old = try #require(tenants.directory().snapshot.records[acme]?.keys.first)
            let start = max(now, old.createdAt)
            let new = try administration.rotateKeys(acme, grace: .seconds(60), now: start)
            let record = try #require(tenants.directory().snapshot.records[acme])
            #expect(record.signer(at: start) == new)
            let retired = try #require(record.keys.first { $0.kid == old.kid })
            #expect(retired.state == .verify && retired.notAfter == start + .seconds(60))
            let again = try administration.rotateKeys(acme, grace: .seconds(600), now: start + .seconds(1))
            let keys = try #require(tenants.directory().snapshot.records[acme]?.keys)
            #expect(keys.first { $0.kid == old.kid }?.notAfter == start + .seconds(60))
            #expect(keys.filter { $0.state == .active } == [again])
        }
    }

    @Test func `A revoked key stays revoked, and a deleted one is gone`() async throws {
        try await TemporaryTenants.with { tenants in
            let kid = try #require(tenants.directory().snapshot.records[acme]?.keys.first?.kid)
            let token = try tenants.token()
            try tenants.administration.revokeKey(kid, tenant: acme)
            #expect(throws: TokenError.revokedKey) {
                try TokenVerifier(keys: tenants.directory().snapshot).verify(token, host: nil, now: .now)
            }
            try tenants.administration.deleteKey(kid, tenant: acme)
            #expect(throws: TokenError.unknownKey) {
                try TokenVerifier(keys: tenants.directory().snapshot).verify(token, host: nil, now: .now)
            }
            #expect(throws: TenantAdministrationError.noKey(kid, acme)) {
                try tenants.administration.deleteKey(kid, tenant: acme)
            }
            #expect(throws: TenantAdministrationError.noKey(kid, acme)) {
                try tenants.administration.revokeKey(kid, tenant: acme)
            }
        }
    }

    @Test func `At most four keys are imported, none twice and none that is too short`() async throws {
        try await TemporaryTenants.with { tenants in
            let administration = tenants.administration
            func importKey(_ id: String, length: Int = 32) throws {
                let key = TenantAdministration.ImportedKey(
                    kid: KeyID(id), algorithm: .hs256, secret: Secret(Array(repeating: 9, count: length)))
                _ = try administration.importKey(key, tenant: acme, now: now)
            }
            try importKey("i1")
            let first = try #require(KeyID("i1"))
            #expect(throws: TenantAdministrationError.keyExists(first)) { try importKey("i1") }
            #expect(throws: TenantAdministrationError.weakSecret(WeakSecretError(algorithm: .hs256))) {
                try importKey("i2", length: 31)
            }
            for id in ["i2", "i3", "i4"] { try importKey(id) }
            #expect(throws: TenantAdministrationError.tooManyImportedKeys(acme)) { try importKey("i5") }
            #expect(tenants.directory().snapshot.importedKeys(of: acme).count == 4)
        }
    }

    @Test func `Commands for a tenant that does not exist say so and make nothing`() async throws {
        try await TemporaryTenants.with([:]) { tenants in
            let administration = tenants.administration
            let missing = TenantAdministrationError.noTenant(acme)
            #expect(throws: missing) { try administration.createKey(acme, algorithm: .hs256, now: now) }
            #expect(throws: missing) { try administration.disable(acme) }
            #expect(throws: missing) { try administration.delete(acme) }
            #expect(throws: missing) {
                try administration.revoke(.tokenID("t", expires: now), tenant: acme, now: now)
            }
            let made = try FileManager.default.contentsOfDirectory(atPath: tenants.root)
            #expect(made.isEmpty)
        }
    }

    @Test func `An entry after one that a crash cut off is on a line of its own`() async throws {
        try await TemporaryTenants.with { tenants in
            try tenants.write("{\"kind\":\"tok", to: tenants.paths.revocations(acme))
            let entry = Revocation.tokenID("t1", expires: .now + .seconds(60))
            try tenants.administration.revoke(entry, tenant: acme, now: .now)
            let lines = try String(contentsOfFile: tenants.paths.revocations(acme), encoding: .utf8).split(
                separator: "\n")
            #expect(lines.count == 2 && lines[1].contains("t1"))
        }
    }

    @Test func `Entries that no longer matter are dropped when they are many`() async throws {
        try await TemporaryTenants.with { tenants in
            let old = (0..<1_100).flatMap { RevocationFile.encode(.tokenID("t\($0)", expires: now)) }
            try tenants.write(String(decoding: old, as: UTF8.self), to: tenants.paths.revocations(acme))
            let entry = Revocation.tokenID("new", expires: now + .seconds(60))
            try tenants.administration.revoke(entry, tenant: acme, now: now)
            let text = try String(contentsOfFile: tenants.paths.revocations(acme), encoding: .utf8)
            #expect(text == String(decoding: RevocationFile.encode(entry), as: UTF8.self))
        }
    }

    @Test(.enabled(if: geteuid() == 0, "only root writes for others"))
    func `What root writes belongs to the owner of the tenants folder`() async throws {
        try await TemporaryTenants.with([:]) { tenants in
            #expect(chown(tenants.root, 12_345, 12_346) == 0)
            let provider = try #require(tenants.registry["offline"])
            try tenants.administration.create(
                TenantTemplate(id: fresh, provider: provider), registry: tenants.registry)
            let key = try tenants.administration.createKey(fresh, algorithm: .hs256, now: now)
            for path in [
                tenants.paths.folder(fresh), tenants.paths.file(fresh), tenants.paths.keys(fresh),
                tenants.paths.key(fresh, key.kid), tenants.paths.auditFolder, tenants.paths.audit(fresh),
            ] {
                let attributes = try FileManager.default.attributesOfItem(atPath: path)
                #expect(attributes[.ownerAccountID] as? Int == 12_345)
                #expect(attributes[.groupOwnerAccountID] as? Int == 12_346)
            }
            #expect(tenants.directory().snapshot.records[fresh]?.keys == [key])
        }
    }
}
