import Files

/// The attributes by which a change of the files of a tenant's secrets is detected.
struct SecretStamps: Hashable {
    private let stamps: [String: FileStamp?]

    /// Reads the stamps. Follows links, because secrets are often replaced by changing one. Blocks.
    init(of paths: some Sequence<String>) {
        stamps = Dictionary(paths.map { ($0, FileStamp($0)) }, uniquingKeysWith: { first, _ in first })
    }

    /// Whether no file has changed since. Blocks.
    var areCurrent: Bool { stamps.allSatisfy { FileStamp($0.key) == $0.value } }
}
