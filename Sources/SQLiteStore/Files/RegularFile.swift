import Foundation
package import TodoStore

/// A file named by an operator, open for reading: a regular file at the path itself, not a link, pipe or device, and
/// not larger than expected.
package final class RegularFile: Sendable {
    private let descriptor: Int32
    package let size: Int

    /// - Throws: `StoreError`.
    package init(_ path: String, maximum: Int = RegularFile.largest) throws(StoreError) {
        // Without O_NONBLOCK, opening a named pipe would wait for a writer.
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw errno == ELOOP ? Self.notRegular : DataFolder.failure("the file cannot be opened")
        }
        self.descriptor = descriptor
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            // The descriptor is closed with the object, which is complete once it has a size.
            size = 0
            throw Self.notRegular
        }
        size = Int(status.st_size)
        guard size <= maximum else { throw .quotaExceeded(.bytes) }
    }

    deinit { close(descriptor) }

    /// Returns the next bytes; nil at the end, as it was when the file was opened.
    package func read(at offset: Int, upTo count: Int = 1 << 17) throws(StoreError) -> [UInt8]? {
        let wanted = min(count, size - offset)
        guard wanted > 0 else { return nil }
        var bytes = [UInt8](repeating: 0, count: wanted)
        let done = pread(descriptor, &bytes, wanted, offset)
        guard done > 0 else { throw DataFolder.failure("the file cannot be read") }
        return Array(bytes.prefix(done))
    }

    /// Copies the file to a new one at `path`.
    package func copy(to path: String) throws(StoreError) {
        let target = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard target >= 0 else { throw DataFolder.failure("the file cannot be created") }
        defer { close(target) }
        var offset = 0
        while let bytes = try read(at: offset) {
            let done = write(target, bytes, bytes.count)
            guard done > 0 else { throw DataFolder.failure("the file cannot be written") }
            offset += done
        }
    }

    private static var notRegular: StoreError { .unavailable(reason: "it is not a regular file") }

    /// The maximum size, above the limit of any tenant's databases.
    package static let largest = 4 << 30
}
