import Identity
import Tenants

extension Workspace {
    /// A tenant whose providers can be asked.
    func tenant(_ id: TenantID) async throws -> Tenant {
        guard let tenant = try await tenants().record(id).tenant else {
            throw CommandError("the tenant \(id) is not usable", advice: "See why with `steward tenant check \(id)`.")
        }
        return tenant
    }
}
