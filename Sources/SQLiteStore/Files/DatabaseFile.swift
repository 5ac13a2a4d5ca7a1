import Foundation
import TodoStore

/// The file of one database, which must be private and not a link.
///
/// A database that may be open is only opened by SQLite: closing any other descriptor would release its POSIX locks.
struct DatabaseFile: Sendable {
    private let root: String
    /// The paths of the folders between the data folder and the file, outermost first.
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

    /// Returns whether there is a log, which SQLite reads when it opens the database.
    func hasLog() throws(StoreError) -> Bool { try (Self.size(path + "-wal") ?? 0) > 0 }

    /// Creates the missing folders (0700) and the empty file (0600), regardless of the umask.
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

    /// Refuses links and files in place of the folders. The data folder itself may be a link, because the operator
    /// chose it.
    func checkFolders() throws(StoreError) {
        for folder in folders { try DataFolder.checkFolder(folder) }
    }

    /// Returns the size of the regular file in bytes; nil when there is none.
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
