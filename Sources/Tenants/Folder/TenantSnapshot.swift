package import Identity
import Text
package import Tokens

/// The tenants folder at one moment, as a request sees it from beginning to end.
package struct TenantSnapshot: Sendable {
    package let records: [TenantID: TenantRecord]
    /// The problems of the tenants folder itself.
    package let folderProblems: [TenantProblem]
    /// The own keys of all tenants, without those whose id is not unique.
    private let ownKeys: [KeyID: SigningKey]
    private let imported: [TenantID: [SigningKey]]
    private let duplicates: [TenantID: [TenantProblem]]
    /// The origins allowed by any ready tenant, so that a request without a tenant takes one lookup.
    private let allowedOrigins: Set<String>

    init(records: [TenantID: TenantRecord], folderProblems: [TenantProblem], paths: TenantPaths) {
        self.records = records
        self.folderProblems = folderProblems
        var holders: [KeyID: [SigningKey]] = [:]
        var imported: [TenantID: [SigningKey]] = [:]
        var allowedOrigins: Set<String> = []
        for record in records.values {
            for key in record.keys where key.origin == .own { holders[key.kid, default: []].append(key) }
            imported[record.id] = record.importedKeys
            if case .ready(let tenant) = record.state { allowedOrigins.formUnion(tenant.allowedOrigins) }
        }
        self.imported = imported
        self.allowedOrigins = allowedOrigins
        ownKeys = holders.compactMapValues { $0.count == 1 ? $0.first : nil }
        var duplicates: [TenantID: [TenantProblem]] = [:]
        for (kid, keys) in holders where keys.count > 1 {
            for key in keys {
                let others = keys.map(\.tenant).filter { $0 != key.tenant }.sorted().map(\.rawValue)
                duplicates[key.tenant, default: []].append(
                    TenantProblem(
                        file: paths.key(key.tenant, kid), key: "kid",
                        message: "is also the id of a key of \(others.joined(separator: ", ")); none of them is used"))
            }
        }
        self.duplicates = duplicates
    }

    package var ids: [TenantID] { records.keys.sorted() }

    /// Returns the state of a tenant; nil when it does not exist.
    package func tenant(_ id: TenantID) -> TenantState? { records[id]?.state }

    /// Returns whether pages of an origin may read the answers of a tenant or, if `id` is nil, of any tenant.
    ///
    /// Origins sent by browsers are short ASCII: any other is refused before it is compared.
    package func allows(origin: String, of id: TenantID?) -> Bool {
        guard origin.utf8.count <= Tenant.longestOrigin, origin.isVisibleASCII else { return false }
        guard let id else { return allowedOrigins.contains(origin) }
        guard case .ready(let tenant)? = tenant(id) else { return false }
        return tenant.allowedOrigins.contains(origin)
    }

    /// Returns all problems of a tenant, whether it is running or not.
    package func problems(of id: TenantID) -> [TenantProblem] {
        (records[id]?.problems ?? []) + (duplicates[id] ?? []).sorted { $0.file < $1.file }
    }
}

extension TenantSnapshot: KeySource {
    package func key(_ kid: KeyID) -> SigningKey? { ownKeys[kid] }

    package func importedKeys(of tenant: TenantID) -> [SigningKey] { imported[tenant] ?? [] }

    package func revocations(of tenant: TenantID) -> Revocations { records[tenant]?.revocations ?? Revocations() }

    package func maxTokenLife(of tenant: TenantID) -> Duration {
        records[tenant]?.tenant?.maxTokenLife ?? Tenant.defaultMaxTokenLife
    }
}
