import Administration
import Identity
import Tenants

extension TenantSnapshot {
    /// Returns the record of the tenant that a command names.
    func record(_ id: TenantID) throws(CommandError) -> TenantRecord {
        guard let record = records[id] else { throw CommandError(.noTenant(id)) }
        return record
    }
}
