package import Identity
package import ProviderKit

/// A target that is currently skipped, for the operator.
package struct UnavailableTarget: Sendable, Equatable {
    package let tenant: TenantID
    package let provider: String
    /// The model; nil for the adapter's default.
    package let model: String?
    package let rest: TargetHealth.Rest

    var sortKey: [String] { [tenant.rawValue, provider, model ?? ""] }
}
