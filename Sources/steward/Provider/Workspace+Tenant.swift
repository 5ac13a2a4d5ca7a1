import Administration
import Identity
import Tenants

extension Workspace {
    /// Returns a tenant whose providers can be called.
    func tenant(_ id: TenantID) async throws -> Tenant {
        guard let tenant = try await tenants().record(id).tenant else {
            throw CommandError("the tenant \(id) is not usable", advice: "See why with `steward tenant check \(id)`.")
        }
        return tenant
    }
}
