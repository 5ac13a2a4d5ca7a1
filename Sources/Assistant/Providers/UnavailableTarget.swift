package import Identity
package import ProviderKit

/// A target that turns pass over for now, for the operator.
package struct UnavailableTarget: Sendable, Equatable {
    package let tenant: TenantID
    package let provider: String
    /// Nil: the adapter's default.
    package let model: String?
    package let rest: TargetHealth.Rest

    var sortKey: [String] { [tenant.rawValue, provider, model ?? ""] }
}
