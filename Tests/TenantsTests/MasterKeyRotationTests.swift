import Foundation
import Identity
import ProviderKit
import Secrets
import Tenants
import TestSupport
import Testing
import Time
import Tokens

@Suite struct MasterKeyRotationTests {
    let acme: TenantID
    let globex: TenantID

    init() throws {
        acme = try #require(TenantID("acme"))
        globex = try #require(TenantID("globex"))
    }

    /// Creates two tenants with a sealed key each, and another one in a comment of the first.
    private func withSealed(_ body: (TemporaryTenants, MasterKeyFile) throws -> Void) async throws {
        try await TemporaryTenants.with { tenants in
            let file = MasterKeyFile(path: tenants.root + "/.master")
            _ = try tenants.administration.createMasterKey(file)
            try tenants.writeSecret("# kept in the safe\n" + text(file.path), to: file.path)
            for (id, secret) in [(acme, "sk-acme"), (globex, "sk-globex")] {
                let sealed = try tenants.administration.seal(
                    Secret(utf8: "\(secret)\n"), provider: "openrouter", tenant: id, file: file)
                let old = try tenants.administration.seal(
                    Secret(utf8: "sk-old"), provider: "openrouter", tenant: id, file: file)
                try tenants.write(
                    """
                    # The \(id) of our customers,\r
                    provider: openrouter   # theirs
                    providers: {openrouter: {api_key: '\(sealed.reference)'}} # was \(old.reference)

                    """, to: tenants.paths.file(id))
            }
            try body(tenants, file)
        }
    }

    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    private func secrets(_ tenants: TemporaryTenants, _ file: MasterKeyFile) -> [Secret?] {
        let directory = TenantDirectory(
            root: tenants.root, registry: tenants.registry,
            secrets: SecretSources(environment: [:], masterFile: file), now: .now)
        return [acme, globex].map { directory.snapshot.records[$0]?.tenant?.chain.first?.settings.apiKey }
    }

    private let expected: [Secret?] = [Secret(utf8: "sk-acme"), Secret(utf8: "sk-globex")]

    @Test func `A rotation leaves one new key, every secret, and every other character`() async throws {
        try await withSealed { tenants, file in
            let old = try #require(try file.keys().first)
            let before = try text(tenants.paths.file(acme))
            var counts: [TenantID: Int] = [:]
            let rotation = try tenants.administration.rotateMasterKey(file, registry: tenants.registry) {
                counts[$0] = $1
            }
            #expect(counts == [acme: 2, globex: 2])
            #expect(!rotation.isResumed && rotation.oldKeyIDs == [old.id])
            #expect(try file.keys().map(\.id) == [rotation.newKeyID])
            #expect(try text(file.path).hasPrefix("# kept in the safe\n") || text(file.path).contains("\n# kept"))
            #expect(secrets(tenants, file) == expected)
            let after = try text(tenants.paths.file(acme))
            let reference = /sealed:[A-Za-z0-9_-]+:[A-Za-z0-9_-]+/
            #expect(after != before)
            #expect(after.replacing(reference, with: "x") == before.replacing(reference, with: "x"))
            #expect(!after.contains(old.id))
            let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test("Wherever a rotation is cut off, every secret opens, and the next one goes on", arguments: 0...4)
    func crash(after steps: Int) async throws {
        try await withSealed { tenants, file in
            let administration = tenants.administration
            if steps >= 1 {
                let rotation = try administration.beginRotation(file)
                if steps >= 2 { _ = try administration.reseal(acme, rotation, registry: tenants.registry) }
                if steps >= 3 { _ = try administration.reseal(globex, rotation, registry: tenants.registry) }
                if steps >= 4 { try administration.endRotation(rotation) }
            }
            #expect(secrets(tenants, file) == expected)
            let next = try administration.rotateMasterKey(file, registry: tenants.registry) { _, _ in }
            #expect(next.isResumed == (1...3).contains(steps))
            #expect(try file.keys().map(\.id) == [next.newKeyID])
            #expect(secrets(tenants, file) == expected)
        }
    }

    @Test func `A running server follows each step without being told`() async throws {
        try await withSealed { tenants, file in
            let directory = TenantDirectory(
                root: tenants.root, registry: tenants.registry,
                secrets: SecretSources(environment: [:], masterFile: file), now: .now)
            let rotation = try tenants.administration.beginRotation(file)
            _ = try tenants.administration.reseal(acme, rotation, registry: tenants.registry)
            let changes = directory.reload(now: .now)
            #expect(changes.changed == [acme] && changes.problems.isEmpty)
            #expect(directory.snapshot.records[acme]?.tenant?.chain[0].settings.apiKey == expected[0])
        }
    }

    @Test func `What cannot be opened keeps the old key, and is named with its place`() async throws {
        try await withSealed { tenants, file in
            let old = try #require(try file.keys().first)
            let foreign = try SealedSecret(
                sealing: Secret(utf8: "sk"), tenant: globex, provider: "openrouter", key: old)
            let path = tenants.paths.file(acme)
            try tenants.write(try text(path) + "# \(foreign.reference)\n# sealed:nobody:AAAA\n", to: path)
            let error = #expect(throws: TenantAdministrationError.self) {
                try tenants.administration.rotateMasterKey(file, registry: tenants.registry) { _, _ in }
            }
            guard case .cannotReseal(let problems) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(problems.map(\.position) == [TextPosition(line: 4, column: 3), TextPosition(line: 5, column: 3)])
            #expect(try file.keys().count == 2)
            #expect(secrets(tenants, file) == expected)
        }
    }

    @Test func `A secret that no header can carry is not sealed, and a master key is never written over`() async throws
    {
        try await withSealed { tenants, file in
            for secret in ["", " \n", "sk\r\nX-Evil: 1", "sk ä"] {
                #expect(throws: TenantAdministrationError.self) {
                    try tenants.administration.seal(
                        Secret(utf8: secret), provider: "openrouter", tenant: acme, file: file)
                }
            }
            let before = try text(file.path)
            #expect(throws: TenantAdministrationError.masterKeyExists(file.path)) {
                try tenants.administration.createMasterKey(file)
            }
            #expect(try text(file.path) == before)
        }
    }
}
