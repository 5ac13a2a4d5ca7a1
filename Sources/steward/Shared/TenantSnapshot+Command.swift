import Administration
import Identity
import Tenants

extension TenantSnapshot {
    /// Returns where the data of a tenant is.
    func place(of tenant: TenantID) -> UserStores.Place {
        switch records[tenant]?.tenant?.place {
        case .dataFolder: .folder
        case .database(let name): .database(name)
        case nil: .unknown
        }
    }

    /// Returns the record of the tenant that a command names.
    func record(_ id: TenantID) throws(CommandError) -> TenantRecord {
        guard let record = records[id] else { throw CommandError(.noTenant(id)) }
        return record
    }
}
