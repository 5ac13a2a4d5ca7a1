package import Identity
package import Time
package import Tokens

/// The content of one tenant's folder.
package struct TenantRecord: Sendable, Equatable {
    package let id: TenantID
    /// The tenant; nil when its file, or a secret that it refers to, is invalid.
    package fileprivate(set) var tenant: Tenant?
    package let isDisabled: Bool
    /// Own and imported keys, including revoked ones, sorted by id.
    package let keys: [SigningKey]
    package fileprivate(set) var revocations: Revocations
    package let problems: [TenantProblem]
    /// Whether `revoked.jsonl` could not be read completely.
    let lacksRevocations: Bool
    let stamp: FolderStamp
    let secretStamps: SecretStamps

    init(
        id: TenantID, tenant: Tenant?, isDisabled: Bool, keys: [SigningKey], revocations: Revocations,
        lacksRevocations: Bool, problems: [TenantProblem], stamp: FolderStamp,
        secretStamps: SecretStamps
    ) {
        self.id = id
        self.tenant = tenant
        self.isDisabled = isDisabled
        self.keys = keys
        self.revocations = revocations
        self.lacksRevocations = lacksRevocations
        self.problems = problems
        self.stamp = stamp
        self.secretStamps = secretStamps
    }

    /// Whether none of its files has changed since it was read. Blocks.
    func isCurrent(in paths: TenantPaths) -> Bool {
        stamp == FolderStamp(id, paths: paths) && secretStamps.areCurrent
    }

    package var state: TenantState {
        if isDisabled { return .disabled }
        return tenant.map { .ready($0) } ?? .misconfigured(problems)
    }

    /// The imported keys in use: those not revoked, newest first.
    package var importedKeys: [SigningKey] {
        keys.filter { $0.origin == .imported && $0.state != .revoked }
            .sorted { ($1.createdAt, $0.kid) < ($0.createdAt, $1.kid) }
    }

    /// Returns the key that signs new tokens.
    package func signer(at now: UnixTime) -> SigningKey? {
        keys.filter { $0.signs(at: now) }.max { ($0.createdAt, $0.kid) < ($1.createdAt, $1.kid) }
    }

    /// Returns this record with the invalid parts replaced from the previous one: an invalid edit neither stops a
    /// working tenant nor cancels a revocation.
    func keeping(_ previous: TenantRecord) -> TenantRecord {
        var record = self
        if tenant == nil { record.tenant = previous.tenant }
        if lacksRevocations {
            record.revocations.formUnion(previous.revocations)
            // A tenant that was not started for missing revocations stays stopped.
            if previous.tenant == nil { record.tenant = nil }
        }
        return record
    }

    /// Returns the record of a tenant that is read for the first time; it is not started if revocations are missing.
    func starting() -> TenantRecord {
        var record = self
        if lacksRevocations { record.tenant = nil }
        return record
    }
}
