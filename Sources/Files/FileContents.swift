internal import Foundation

/// The bytes of a file, with its owner and mode when they were read.
package struct FileContents {
    package let bytes: [UInt8]
    package let owner: UInt32
    /// The permission bits.
    package let mode: UInt32

    package init(_ path: String, limit: Int, followLinks: Bool = true) throws(FileError) {
        // Without O_NONBLOCK, opening a named pipe would wait for a writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | (followLinks ? 0 : O_NOFOLLOW))
        guard descriptor >= 0 else { throw .last }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .last }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular }
        guard status.st_size <= limit else { throw .tooLarge(limit: limit) }
        owner = status.st_uid
        mode = UInt32(status.st_mode & 0o7777)
        // One byte more than the size, to detect a file that grows while it is read.
        var buffer = [UInt8](repeating: 0, count: Int(status.st_size) + 1)
        var count = 0
        while count < buffer.count {
            let read = buffer.withUnsafeMutableBytes { bytes in
                Foundation.read(descriptor, bytes.baseAddress.map { $0 + count }, bytes.count - count)
            }
            if read < 0, errno == EINTR { continue }
            guard read >= 0 else { throw .last }
            if read == 0 { break }
            count += read
            if count == buffer.count {
                guard count <= limit else { throw .tooLarge(limit: limit) }
                buffer.append(contentsOf: repeatElement(0, count: min(count, limit + 1 - count)))
            }
        }
        bytes = Array(buffer.prefix(count))
    }
}
