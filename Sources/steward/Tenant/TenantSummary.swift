import Identity
import JSON
import ProviderKit
import Tenants
import Tokens

/// One row of the list of tenants.
struct TenantSummary {
    private let record: TenantRecord

    init(_ record: TenantRecord) { self.record = record }

    var id: String { record.id.rawValue }

    var name: String { record.tenant?.name ?? "" }

    var state: String {
        switch record.state {
        case .ready: "ready"
        case .disabled: "disabled"
        case .misconfigured: "misconfigured"
        }
    }

    /// The providers in the order in which they are tried.
    var providers: [String] { record.tenant?.chain.map(\.providerID) ?? [] }

    /// The number of keys that are not revoked.
    var keys: String { String(record.keys.count { $0.state != .revoked }) }

    var json: JSONValue {
        [
            "id": .string(id), "name": record.tenant.map { .string($0.name) } ?? .null, "state": .string(state),
            "providers": .array(providers.map(JSONValue.string)),
            "keys": .integer(record.keys.count { $0.state != .revoked }),
        ]
    }
}
