package import Identity
package import Tokens

/// All that one tenant's folder says.
package struct TenantRecord: Sendable, Equatable {
    package let id: TenantID
    /// Nil when the file, or a secret that it refers to, is broken.
    package fileprivate(set) var tenant: Tenant?
    package let isDisabled: Bool
    /// Own and imported keys, revoked ones too, sorted by id.
    package let keys: [SigningKey]
    package fileprivate(set) var revocations: Revocations
    package let problems: [TenantProblem]
    /// Whether some of `revoked.jsonl` could not be read.
    let lacksRevocations: Bool
    let stamp: FolderStamp

    init(
        id: TenantID, tenant: Tenant?, isDisabled: Bool, keys: [SigningKey], revocations: Revocations,
        lacksRevocations: Bool, problems: [TenantProblem], stamp: FolderStamp
    ) {
        self.id = id
        self.tenant = tenant
        self.isDisabled = isDisabled
        self.keys = keys
        self.revocations = revocations
        self.lacksRevocations = lacksRevocations
        self.problems = problems
        self.stamp = stamp
    }

    package var state: TenantState {
        if isDisabled { return .disabled }
        return tenant.map { .ready($0) } ?? .misconfigured(problems)
    }

    /// The imported keys that count: those that are not revoked, the newest first.
    package var importedKeys: [SigningKey] {
        keys.filter { $0.origin == .imported && $0.state != .revoked }
            .sorted { ($1.createdAt, $0.kid) < ($0.createdAt, $1.kid) }
    }

    /// The key that signs new tokens.
    package func signer(at now: UnixTime) -> SigningKey? {
        keys.filter { $0.signs(at: now) }.max { ($0.createdAt, $0.kid) < ($1.createdAt, $1.kid) }
    }

    /// A broken edit never replaces a working tenant, and never brings back what was revoked.
    func keeping(_ previous: TenantRecord) -> TenantRecord {
        var record = self
        if tenant == nil { record.tenant = previous.tenant }
        if lacksRevocations {
            record.revocations.formUnion(previous.revocations)
            // One that has not served for want of its revocations does not begin to.
            if previous.tenant == nil { record.tenant = nil }
        }
        return record
    }

    /// The record of a tenant that is met for the first time: without all its revocations it does not serve.
    func starting() -> TenantRecord {
        var record = self
        if lacksRevocations { record.tenant = nil }
        return record
    }
}
