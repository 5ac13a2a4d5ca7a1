import Foundation
import Identity
import Tenants
import TestSupport
import Testing
import Time
import Tokens

/// The leftovers of killed commands.
@Suite struct LeftoverTests {
    let acme: TenantID

    init() throws { acme = try #require(TenantID("acme")) }

    /// Creates one leftover of each kind for two tenants, and returns those of `acme`.
    private func spoil(_ tenants: TemporaryTenants) throws -> [String] {
        let globex = try #require(TenantID("globex"))
        var left: [String] = []
        for id in [acme, globex] {
            let folder = "\(tenants.root)/.\(id).0123456789ab"
            try FileManager.default.createDirectory(atPath: folder + "/keys", withIntermediateDirectories: true)
            left.append(folder)
            for path in [
                "\(tenants.paths.folder(id))/.tenant.yaml.00aa11bb22cc",
                "\(tenants.paths.keys(id))/.k1.json.ffffffffffff",
            ] {
                try tenants.writeSecret("half a ", to: path)
                left.append(path)
            }
        }
        return Array(left.prefix(3))
    }

    private func administration(_ tenants: TemporaryTenants, in seconds: Int64) -> TenantAdministration {
        TenantAdministration(root: tenants.root) { .now + .seconds(seconds) }
    }

    @Test func `The next command on the tenant removes what is older than a minute, and nothing else`() async throws {
        try await TemporaryTenants.with { tenants in
            let left = try spoil(tenants)
            let others = [
                "\(tenants.paths.folder(acme))/.notes", "\(tenants.paths.folder(acme))/.tenant.yaml.swp",
                "\(tenants.root)/.acme.old", "\(tenants.root)/.globex.0123456789ab",
            ]
            for path in others.prefix(3) { try tenants.write("", to: path) }
            func there(_ paths: [String]) -> [String] { paths.filter(FileManager.default.fileExists) }
            _ = try administration(tenants, in: 30).createKey(acme, algorithm: .hs256, now: .now)
            #expect(there(left) == left)
            _ = try administration(tenants, in: 90).createKey(acme, algorithm: .hs256, now: .now)
            #expect(there(left) == [])
            #expect(there(others) == others)
        }
    }

    @Test func `What is left behind is named, also where its tenant is gone`() async throws {
        try await TemporaryTenants.with { tenants in
            let left = try spoil(tenants)
            #expect(administration(tenants, in: 30).leftovers(of: acme) == [])
            let late = administration(tenants, in: 90)
            #expect(late.leftovers(of: acme).map(\.file).sorted() == left.sorted())
            #expect(late.leftoversWithoutTenant() == [])
            try FileManager.default.removeItem(atPath: tenants.paths.folder(acme))
            #expect(late.leftoversWithoutTenant().map(\.file) == [left[0]])
            // A running server is not affected by them.
            #expect(tenants.directory().snapshot.folderProblems == [])
        }
    }
}
