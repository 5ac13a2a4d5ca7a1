import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// A file that is transferred over the admin socket in chunks; blocking calls run on separate threads.
final class TransferFile: Sendable {
    private let descriptor: Int32
    private let position = Mutex(0)
    private let length: Int?

    /// The number of bytes of the file to read, or written so far.
    var size: Int { length ?? position.withLock { $0 } }

    static func reading(_ path: String) async throws -> TransferFile {
        try await NIOThreadPool.singleton.runIfActive { try TransferFile(reading: path) }
    }

    static func writing(_ path: String) async throws -> TransferFile {
        try await NIOThreadPool.singleton.runIfActive { try TransferFile(writing: path) }
    }

    private init(reading path: String) throws {
        descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw IOError(errnoCode: errno, reason: "open") }
        let end = lseek(descriptor, 0, SEEK_END)
        guard end >= 0 else {
            let error = IOError(errnoCode: errno, reason: "lseek")
            close(descriptor)
            throw error
        }
        length = Int(end)
    }

    private init(writing path: String) throws {
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw IOError(errnoCode: errno, reason: "open") }
        length = nil
    }

    deinit { close(descriptor) }

    /// Returns the next chunk; nil at the end.
    func next() async throws -> ByteBuffer? {
        let offset = position.withLock { $0 }
        let chunk = try await NIOThreadPool.singleton.runIfActive { [descriptor] in
            var buffer = ByteBuffer()
            let count = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: Self.chunkSize) {
                max(0, pread(descriptor, $0.baseAddress, Self.chunkSize, offset))
            }
            return count > 0 ? buffer : nil
        }
        position.withLock { $0 += chunk?.readableBytes ?? 0 }
        // A file that was truncated meanwhile must not look complete.
        guard chunk != nil || position.withLock({ $0 }) == length else { throw IOError(errnoCode: EIO, reason: "read") }
        return chunk
    }

    func append(_ chunk: ByteBuffer) async throws {
        try await NIOThreadPool.singleton.runIfActive { [descriptor] in
            try chunk.withUnsafeReadableBytes { bytes in
                var rest = bytes[...]
                while !rest.isEmpty {
                    let count = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                    guard count >= 0 || errno == EINTR else { throw IOError(errnoCode: errno, reason: "write") }
                    rest = rest.dropFirst(max(0, count))
                }
            }
        }
        position.withLock { $0 += chunk.readableBytes }
    }

    private static let chunkSize = 128 << 10
}
