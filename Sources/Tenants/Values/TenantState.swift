/// The state of a tenant, as a request finds it.
package enum TenantState: Sendable {
    case ready(Tenant)
    /// Disabled by the operator.
    case disabled
    /// Its file was invalid when the server first read it.
    case misconfigured([TenantProblem])
}
