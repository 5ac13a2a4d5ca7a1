internal import Foundation
internal import Identity
package import ProviderKit
internal import Secrets
package import Tenants
package import Time
package import Tokens

/// A temporary tenants folder of a test.
package struct TemporaryTenants: Sendable {
    /// The tenants folder.
    package let root: String
    package let registry: ProviderRegistry

    package var paths: TenantPaths { TenantPaths(root: root) }
    package var administration: TenantAdministration { TenantAdministration(root: root) }

    /// Two adapters, one of which needs no settings.
    package static let registry = ProviderRegistry(stubs: [
        ProviderDescriptor(
            id: "offline", name: "Offline", summary: "Answers without a network.", defaultModel: "rules",
            needsAPIKey: false),
        ProviderDescriptor(
            id: "openrouter", name: "OpenRouter", summary: "Many models behind one key.",
            defaultModel: "openai/gpt-oss-20b:free", options: [ProviderOption(key: "site", summary: "Who asks.")]),
        ProviderDescriptor(
            id: "openai-compatible", name: "OpenAI-compatible", summary: "A server of one's own.", defaultModel: nil,
            needsAPIKey: false, needsBaseURL: true),
    ])

    package static let offlineFile = "provider: offline\n"

    /// Runs `body` with a folder in which each of `files` is the `tenant.yaml` of a tenant with one signing key.
    package static func with<R>(
        _ files: [String: String] = ["acme": offlineFile, "globex": offlineFile],
        registry: ProviderRegistry = TemporaryTenants.registry, _ body: (TemporaryTenants) async throws -> R
    ) async throws -> R {
        let root = FileManager.default.temporaryDirectory.appending(path: "steward-tenants-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: root) }
        let tenants = TemporaryTenants(root: root, registry: registry)
        for (id, file) in files { try tenants.add(id, file: file) }
        return try await body(tenants)
    }

    /// Adds a tenant with one signing key.
    @discardableResult
    package func add(_ id: String, file: String = offlineFile) throws -> SigningKey {
        let id = try tenant(id)
        try FileManager.default.createDirectory(atPath: paths.folder(id), withIntermediateDirectories: true)
        try write(file, to: paths.file(id))
        return try administration.createKey(id, algorithm: .hs256, now: .now)
    }

    /// Writes a file by renaming, as every writer does.
    package func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    }

    /// Writes a file that only this user may read.
    package func writeSecret(_ text: String, to path: String) throws {
        try write(text, to: path)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }

    package func directory(secrets: [String: String] = [:], now: UnixTime = .now) -> TenantDirectory {
        TenantDirectory(
            root: root, registry: registry, secrets: SecretSources(environment: secrets), now: now)
    }

    /// Returns a token for a user of the tenant, signed with its newest key.
    package func token(
        _ user: String = "alice", tenant: String = "acme", lifetime: Duration = .seconds(3_600),
        scopes: TokenScopes? = nil, tokenID: String? = nil, now: UnixTime = .now
    ) throws -> String {
        let id = try self.tenant(tenant)
        let snapshot = directory(now: now).snapshot
        guard let key = snapshot.records[id]?.signer(at: now), let user = UserID(user) else { throw Failure.noKey }
        return try TokenIssuer.issue(
            user: user, key: key, lifetime: lifetime, scopes: scopes, tokenID: tokenID, keys: snapshot, now: now
        ).token.revealed()
    }

    private func tenant(_ id: String) throws -> TenantID {
        guard let id = TenantID(id) else { throw Failure.noTenant }
        return id
    }

    private enum Failure: Error {
        case noTenant, noKey
    }
}
