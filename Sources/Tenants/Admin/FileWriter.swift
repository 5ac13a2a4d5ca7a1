internal import Foundation
internal import Secrets

/// Writes files so that a reader, or a crash, meets the old one or the new one and nothing between.
struct FileWriter {
    /// For root: whose the files are to be, as the server does not run as root.
    private let owner: (user: UInt32, group: UInt32)?

    /// - Parameter root: the folder whose owner gets what root writes.
    init(root: String) {
        owner = geteuid() == 0 ? FileStamp(root).map { ($0.owner, $0.group) } : nil
    }

    /// Writes a new file and syncs it, then puts it in the place of the old one.
    func replace(_ path: String, with bytes: [UInt8], mode: UInt32) throws(FileError) {
        let temporary = try Self.temporary(path)
        // Where there is no old one, nothing is ever beside it.
        if try !writeNew([path, temporary], bytes, mode: mode) {
            guard rename(temporary, path) == 0 else {
                let error = FileError.last
                unlink(temporary)
                throw error
            }
        }
        try Self.sync(Self.folder(of: path))
    }

    /// Writes a file that must not be there yet.
    func create(_ path: String, with bytes: [UInt8], mode: UInt32) throws(FileError) {
        _ = try writeNew([path], bytes, mode: mode)
        try Self.sync(Self.folder(of: path))
    }

    /// Writes and syncs a file under the first of `paths` that is not taken; its folder is the caller's to sync.
    ///
    /// The file has no name until it is whole: whatever kills us before that, nothing is left. Where the file system knows
    /// no such files, it has its last name from the beginning.
    /// - Returns: whether it is the first.
    private func writeNew(_ paths: [String], _ bytes: [UInt8], mode: UInt32) throws(FileError) -> Bool {
        let folder = Self.folder(of: paths[0])
        let unnamed = open(folder, O_WRONLY | Self.withoutName | O_CLOEXEC, mode_t(mode))
        if unnamed >= 0 {
            defer { close(unnamed) }
            try fill(unnamed, bytes, mode: mode)
            for path in paths {
                if linkat(AT_FDCWD, "/proc/self/fd/\(unnamed)", AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0 {
                    return path == paths[0]
                }
                guard errno == EEXIST else { break }
            }
            // Without /proc no file gets a name.
            guard errno == ENOENT else { throw .last }
        }
        let path = paths[paths.count - 1]
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode_t(mode))
        guard descriptor >= 0 else { throw .last }
        do throws(FileError) {
            defer { close(descriptor) }
            try fill(descriptor, bytes, mode: mode)
        } catch {
            unlink(path)
            throw error
        }
        return paths.count == 1
    }

    private func fill(_ descriptor: Int32, _ bytes: [UInt8], mode: UInt32) throws(FileError) {
        try adopt(descriptor, mode: mode)
        try Self.write(bytes, to: descriptor)
        guard fsync(descriptor) == 0 else { throw .last }
    }

    #if canImport(Darwin)
        /// There are no files without a name: this makes the open of a folder for writing fail.
        private static let withoutName = O_DIRECTORY
    #else
        /// `O_TMPFILE`, which is not imported.
        private static let withoutName = 0o20_000_000 | O_DIRECTORY
    #endif

    /// Appends whole lines in one write, and syncs.
    func append(_ line: [UInt8], to path: String, mode: UInt32) throws(FileError) {
        let isNew = FileStamp(path) == nil
        let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, mode_t(mode))
        guard descriptor >= 0 else { throw .last }
        defer { close(descriptor) }
        if isNew { try adopt(descriptor, mode: mode) }
        // What a crash cut off must not swallow the next line.
        var last: UInt8 = 0
        let end = lseek(descriptor, 0, SEEK_END)
        let isCut = end > 0 && pread(descriptor, &last, 1, end - 1) == 1 && last != UInt8(ascii: "\n")
        try Self.write(isCut ? [UInt8(ascii: "\n")] + line : line, to: descriptor)
        guard fsync(descriptor) == 0 else { throw .last }
        if isNew { try Self.sync(Self.folder(of: path)) }
    }

    func makeFolder(_ path: String, mode: UInt32) throws(FileError) {
        guard mkdir(path, mode_t(mode)) == 0 else { throw .last }
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw .last }
        defer { close(descriptor) }
        try adopt(descriptor, mode: mode)
    }

    /// Renames a file or folder to a name that is not taken.
    func move(_ path: String, to new: String) throws(FileError) {
        guard rename(path, new) == 0 else { throw .last }
        try Self.sync(Self.folder(of: new))
    }

    func remove(_ path: String) throws(FileError) {
        guard unlink(path) == 0 else { throw .last }
        try Self.sync(Self.folder(of: path))
    }

    /// Runs `body` while no other writer is in the same folder.
    func locking<R, E: Error>(
        _ folder: String, else failure: (FileError) -> E, _ body: () throws(E) -> R
    ) throws(E) -> R {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0, flock(descriptor, LOCK_EX) == 0 else { throw failure(.last) }
        defer { close(descriptor) }
        return try body()
    }

    /// The mode whatever the umask, and for root the owner.
    private func adopt(_ descriptor: Int32, mode: UInt32) throws(FileError) {
        guard fchmod(descriptor, mode_t(mode)) == 0 else { throw .last }
        if let owner, fchown(descriptor, owner.user, owner.group) != 0 { throw .last }
    }

    /// A name beside `path` that nothing has, and that readers of the folder pass over.
    static func temporary(_ path: String) throws(FileError) -> String {
        guard let bytes = try? RandomBytes.generate(randomDigits / 2) else { throw .system(EIO) }
        let folder = Self.folder(of: path)
        return "\(folder)/.\(path.dropFirst(folder.count + 1)).\(Hex.encode(bytes))"
    }

    /// The hexadecimal digits at the end of such a name.
    static let randomDigits = 12

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(FileError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw .last }
            rest = rest.dropFirst(written)
        }
    }

    private static func sync(_ folder: String) throws(FileError) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .last }
    }
}
