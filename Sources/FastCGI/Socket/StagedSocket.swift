import Glibc

/// A unix socket that is bound in a temporary folder and then renamed to its path.
struct StagedSocket: Sendable {
    let path: String
    let stagingFolder: String
    let mode: mode_t
    let owner: uid_t?
    let group: gid_t?

    var stagingPath: String { "\(self.stagingFolder)/s" }

    init(path: String, mode: UInt32, owner: UInt32?, group: UInt32?) throws(UnixSocketListenerError) {
        guard path.utf8.count <= UnixSocketListener.maximumPathBytes else {
            throw .pathTooLong(path: path, bytes: path.utf8.count)
        }
        var status = stat()
        if lstat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFSOCK { throw .notASocket(path: path) }

        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "./"
        var template = Array("\(folder).sXXXXXX".utf8CString)
        guard template.count - 1 + "/s".utf8.count <= UnixSocketListener.maximumPathBytes else {
            throw .pathTooLong(path: path, bytes: template.count - 1 + "/s".utf8.count)
        }
        // mkdtemp creates the folder with mode 0700.
        guard mkdtemp(&template) != nil else { throw .failed(call: "create a folder in", path: folder, errno: errno) }
        self.stagingFolder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        self.path = path
        self.mode = mode_t(mode)
        self.owner = owner
        self.group = group
    }

    func publish() throws(UnixSocketListenerError) {
        let staged = self.stagingPath
        if self.owner != nil || self.group != nil {
            guard chown(staged, self.owner ?? uid_t.max, self.group ?? gid_t.max) == 0 else {
                throw .failed(call: "change the owner of", path: self.path, errno: errno)
            }
        }
        guard chmod(staged, self.mode) == 0 else {
            throw .failed(call: "change the mode of", path: self.path, errno: errno)
        }
        guard rename(staged, self.path) == 0 else {
            throw .failed(call: "rename a socket to", path: self.path, errno: errno)
        }
        rmdir(self.stagingFolder)
    }
}
