package import Identity
package import Tokens

/// The paths in the tenants folder.
package struct TenantPaths: Sendable {
    package let root: String

    package init(root: String) { self.root = root }

    package func folder(_ tenant: TenantID) -> String { "\(root)/\(tenant)" }
    package func file(_ tenant: TenantID) -> String { "\(folder(tenant))/tenant.yaml" }
    package func keys(_ tenant: TenantID) -> String { "\(folder(tenant))/keys" }
    package func key(_ tenant: TenantID, _ kid: KeyID) -> String { "\(keys(tenant))/\(kid).json" }
    package func revocations(_ tenant: TenantID) -> String { "\(folder(tenant))/revoked.jsonl" }
    package func disabled(_ tenant: TenantID) -> String { "\(folder(tenant))/disabled" }
    /// Beside the tenants' folders, because the logs are kept longer.
    package var auditFolder: String { "\(root)/.audit" }
    package func audit(_ tenant: TenantID) -> String { "\(auditFolder)/\(tenant).jsonl" }
}
