/// What a request for a tenant meets.
package enum TenantState: Sendable {
    case ready(Tenant)
    /// The operator turned it off.
    case disabled
    /// Its file was broken when the server first saw it.
    case misconfigured([TenantProblem])
}
