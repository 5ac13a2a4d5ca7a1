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

    /// Writes beside the file, syncs, and renames over it.
    func replace(_ path: String, with bytes: [UInt8], mode: UInt32) throws(FileError) {
        let folder = Self.folder(of: path)
        let name = path.dropFirst(folder.count + 1)
        let temporary = "\(folder)/.\(name).\(try Self.randomName())"
        try writeNew(temporary, bytes, mode: mode)
        guard rename(temporary, path) == 0 else {
            let error = FileError.last
            unlink(temporary)
            throw error
        }
        try Self.sync(folder)
    }

    /// Writes a file that must not be there yet.
    func create(_ path: String, with bytes: [UInt8], mode: UInt32) throws(FileError) {
        try writeNew(path, bytes, mode: mode)
        try Self.sync(Self.folder(of: path))
    }

    /// Writes and syncs a file that must not be there yet; its folder is the caller's to sync.
    private func writeNew(_ path: String, _ bytes: [UInt8], mode: UInt32) throws(FileError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode_t(mode))
        guard descriptor >= 0 else { throw .last }
        do throws(FileError) {
            defer { close(descriptor) }
            try adopt(descriptor, mode: mode)
            try Self.write(bytes, to: descriptor)
            guard fsync(descriptor) == 0 else { throw .last }
        } catch {
            unlink(path)
            throw error
        }
    }

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

    static func randomName() throws(FileError) -> String {
        guard let bytes = try? RandomBytes.generate(6) else { throw .system(EIO) }
        return Hex.encode(bytes)
    }

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
