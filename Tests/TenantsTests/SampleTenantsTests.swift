import Foundation
import Identity
import ProviderKit
import Tenants
import TestSupport
import Testing
import Time
import Tokens

@Suite struct SampleTenantsTests {
    /// The repository's own `tenants/`, which the demo copies.
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "tenants").path

    @Test(arguments: [("acme", ["openrouter", "offline"]), ("globex", ["offline"])])
    func `The repository's tenants are good once their keys are set`(_ id: String, _ chain: [String]) throws {
        let directory = TenantDirectory(
            root: Self.root, registry: TemporaryTenants.registry,
            secrets: SecretSources(environment: ["ACME_OPENROUTER_API_KEY": "sk-or-sample"]), now: .now)
        let tenant = try #require(TenantID(id))
        let record = try #require(directory.snapshot.records[tenant])
        #expect(record.tenant?.chain.map(\.providerID) == chain)
    }
}
