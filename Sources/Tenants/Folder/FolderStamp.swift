internal import Foundation
internal import Identity

/// What shows that something of a tenant was changed.
struct FolderStamp: Hashable {
    private let parts: [FileStamp?]
    /// All files beside the keys, as one that is edited in place does not change its folder. Without their names, which the
    /// folder's own stamp stands for, and in the order of the folder.
    private let keys: [FileStamp]

    /// Blocks; a tenant with 10,000 keys takes 22 ms of CPU.
    init(_ tenant: TenantID, paths: TenantPaths) {
        parts = [
            paths.folder(tenant), paths.file(tenant), paths.keys(tenant), paths.revocations(tenant),
            paths.disabled(tenant),
        ].map { FileStamp($0) }
        keys = parts[2] == nil ? [] : Self.stamps(in: paths.keys(tenant))
    }

    private static func stamps(in folder: String) -> [FileStamp] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var stamps: [FileStamp] = []
        while let entry = readdir(stream) {
            guard entry.pointee.d_type == UInt8(DT_REG) || entry.pointee.d_type == UInt8(DT_UNKNOWN) else { continue }
            let stamp = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) {
                    FileStamp($0, in: dirfd(stream))
                }
            }
            if let stamp { stamps.append(stamp) }
        }
        return stamps
    }
}
