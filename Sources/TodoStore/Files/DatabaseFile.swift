import Foundation

/// The place of one database: that it is ours alone, and that no link stands in it.
///
/// Only SQLite opens a database that may be open already: a POSIX lock falls with the first `close` of any descriptor.
struct DatabaseFile: Sendable {
    private let root: String
    /// Paths of the folders between the data folder and the file, outermost first.
    private let folders: [String]
    /// The folder that it is in.
    let folder: String
    let path: String

    /// - Parameters:
    ///   - root: The data folder.
    ///   - folders: The names of the folders below it.
    init(root: String, folders: [String], name: String) {
        self.root = root
        var paths: [String] = []
        var folder = root
        for name in folders {
            folder += "/" + name
            paths.append(folder)
        }
        self.folders = paths
        self.folder = folder
        path = folder + "/" + name
    }

    /// Throws `unavailable` for anything but a regular file with one name.
    func exists() throws(StoreError) -> Bool { try Self.size(path) != nil }

    /// Whether a log was left that SQLite reads when it opens the database.
    func hasLog() throws(StoreError) -> Bool { try (Self.size(path + "-wal") ?? 0) > 0 }

    /// Makes the folders (0700) and the empty file (0600) that are missing, whatever the umask.
    func create() throws(StoreError) {
        try DataFolder.createFolder(root, isRoot: true)
        for folder in folders { try DataFolder.createFolder(folder, isRoot: false) }
        guard try !exists() else { return }
        let descriptor = open(path, O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | O_WRONLY, 0o600)
        guard descriptor >= 0 else { throw DataFolder.failure("the file cannot be created") }
        defer { close(descriptor) }
        guard fchmod(descriptor, 0o600) == 0 else { throw DataFolder.failure("the file's mode cannot be set") }
        try DataFolder.syncFolder(folder)
    }

    /// Refuses links and other strangers in the place of the folders. The data folder is the operator's: it may be a link.
    func checkFolders() throws(StoreError) {
        for folder in folders { try DataFolder.checkFolder(folder) }
    }

    /// Bytes of the regular file; nil where there is nothing.
    private static func size(_ path: String) throws(StoreError) -> Int? {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            guard errno == ENOENT || errno == ENOTDIR else { throw DataFolder.failure("the file cannot be read") }
            return nil
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .unavailable(reason: "the file is not a regular file") }
        guard status.st_nlink == 1 else { throw .unavailable(reason: "the file has a second name") }
        return Int(status.st_size)
    }
}
