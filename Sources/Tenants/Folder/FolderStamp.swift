internal import Identity

/// What shows that something of a tenant was changed.
struct FolderStamp: Hashable {
    private let parts: [FileStamp?]

    init(_ tenant: TenantID, paths: TenantPaths) {
        parts = [
            paths.folder(tenant), paths.file(tenant), paths.keys(tenant), paths.revocations(tenant),
            paths.disabled(tenant),
        ].map { FileStamp($0) }
    }
}
