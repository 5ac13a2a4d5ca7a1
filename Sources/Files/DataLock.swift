import Foundation

/// The exclusive lock of a data folder.
///
/// The lock (`flock`) is on a separate file, so that it ends with the process in any case. The file contains the
/// holder's pid for error messages.
package final class DataLock: Sendable {
    private let descriptor: Int32

    /// Creates the folder when it is missing (0700) and takes the lock without waiting.
    package init(folder: String) throws(DataLockError) {
        if mkdir(folder, 0o700) != 0, errno != EEXIST { throw .unusable(folder: folder, code: errno) }
        // No tenant can have this name, because tenants' folders are beside it.
        let path = folder + "/.lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .unusable(folder: folder, code: errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            let pid = Self.pid(in: descriptor)
            close(descriptor)
            throw code == EWOULDBLOCK ? .held(folder: folder, pid: pid) : .unusable(folder: folder, code: code)
        }
        self.descriptor = descriptor
        let text = "\(getpid())\n"
        _ = ftruncate(descriptor, 0)
        _ = text.withCString { pwrite(descriptor, $0, strlen($0), 0) }
    }

    deinit { close(descriptor) }

    private static func pid(in descriptor: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return Int32(String(decoding: bytes[..<count], as: UTF8.self).prefix { $0.isNumber })
    }
}
