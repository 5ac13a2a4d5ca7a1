internal import Foundation
internal import Secrets

/// A writer that replaces files atomically: readers, also after a crash, see either the old or the new content.
package struct FileWriter {
    /// The owner of written files when running as root, because the server does not run as root.
    private let owner: (user: UInt32, group: UInt32)?

    /// Creates a writer.
    ///
    /// - Parameter root: The folder whose owner gets the files that root writes.
    package init(root: String) {
        owner = geteuid() == 0 ? FileStamp(root).map { ($0.owner, $0.group) } : nil
    }

    /// Writes and syncs a new file, then renames it over the old one.
    package func replace(_ path: String, with bytes: [UInt8], mode: UInt32) throws(FileError) {
        let temporary = try Self.temporary(path)
        // Where no file exists, the new one is created under its final name.
        if try !writeNew([path, temporary], bytes, mode: mode) {
            guard rename(temporary, path) == 0 else {
                let error = FileError.last
                unlink(temporary)
                throw error
            }
        }
        try Self.sync(Self.folder(of: path))
    }

    /// Writes a file that must not exist yet.
    package func create(_ path: String, with bytes: [UInt8], mode: UInt32) throws(FileError) {
        _ = try writeNew([path], bytes, mode: mode)
        try Self.sync(Self.folder(of: path))
    }

    /// Writes and syncs a file under the first of `paths` that is free. The caller syncs the folder.
    ///
    /// The file is written without a name (`O_TMPFILE`) and linked when it is complete, so that a crash leaves nothing
    /// behind. On file systems without that feature it has its final name from the beginning.
    /// - Returns: Whether the first path was free.
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
            // Linking a file without a name needs /proc.
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

    /// `O_TMPFILE`, which is not imported.
    private static let withoutName = 0o20_000_000 | O_DIRECTORY

    /// Appends complete lines in one write, and syncs the file.
    package func append(_ line: [UInt8], to path: String, mode: UInt32) throws(FileError) {
        let isNew = FileStamp(path) == nil
        let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, mode_t(mode))
        guard descriptor >= 0 else { throw .last }
        defer { close(descriptor) }
        if isNew { try adopt(descriptor, mode: mode) }
        // Ends an incomplete line left by a crash, so that it does not merge with the next one.
        var last: UInt8 = 0
        let end = lseek(descriptor, 0, SEEK_END)
        let isCut = end > 0 && pread(descriptor, &last, 1, end - 1) == 1 && last != UInt8(ascii: "\n")
        try Self.write(isCut ? [UInt8(ascii: "\n")] + line : line, to: descriptor)
        guard fsync(descriptor) == 0 else { throw .last }
        if isNew { try Self.sync(Self.folder(of: path)) }
    }

    package func makeFolder(_ path: String, mode: UInt32) throws(FileError) {
        guard mkdir(path, mode_t(mode)) == 0 else { throw .last }
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw .last }
        defer { close(descriptor) }
        try adopt(descriptor, mode: mode)
    }

    /// Renames a file or folder to a name that must be free.
    package func move(_ path: String, to new: String) throws(FileError) {
        guard rename(path, new) == 0 else { throw .last }
        try Self.sync(Self.folder(of: new))
    }

    package func remove(_ path: String) throws(FileError) {
        guard unlink(path) == 0 else { throw .last }
        try Self.sync(Self.folder(of: path))
    }

    /// Runs `body` while holding the lock of a folder, which excludes other writers.
    package func locking<R, E: Error>(
        _ folder: String, else failure: (FileError) -> E, _ body: () throws(E) -> R
    ) throws(E) -> R {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0, flock(descriptor, LOCK_EX) == 0 else { throw failure(.last) }
        defer { close(descriptor) }
        return try body()
    }

    /// Sets the mode regardless of the umask and, when running as root, the owner.
    private func adopt(_ descriptor: Int32, mode: UInt32) throws(FileError) {
        guard fchmod(descriptor, mode_t(mode)) == 0 else { throw .last }
        if let owner, fchown(descriptor, owner.user, owner.group) != 0 { throw .last }
    }

    /// Returns an unused name beside `path` that readers of the folder ignore.
    package static func temporary(_ path: String) throws(FileError) -> String {
        guard let bytes = try? RandomBytes.generate(randomDigits / 2) else { throw .system(EIO) }
        let folder = Self.folder(of: path)
        return "\(folder)/.\(path.dropFirst(folder.count + 1)).\(Hex.encode(bytes))"
    }

    /// The number of hexadecimal digits at the end of such a name.
    package static let randomDigits = 12

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
