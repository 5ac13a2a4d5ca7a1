import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

extension AdminClient {
    /// A file that was received.
    struct Download {
        let entityTag: String?
    }

    /// Writes the answer into a new file; nil when what is asked for is not there.
    func download(_ path: String, to file: String) async throws -> Download? {
        try await exchange(request(.GET, path)) { response in
            guard FileManager.default.createFile(atPath: file, contents: nil, attributes: [.posixPermissions: 0o600]),
                let handle = FileHandle(forWritingAtPath: file)
            else { throw CommandError("\(file) cannot be written: \(String(cString: strerror(errno)))") }
            defer { try? handle.close() }
            for try await chunk in response.body {
                try chunk.withUnsafeReadableBytes { try handle.write(contentsOf: Data($0)) }
            }
            let tag = response.headers.first(name: "etag")?.trimmingCharacters(in: ["\""])
            return Download(entityTag: tag)
        }
    }

    /// Sends a file.
    func upload(_ file: String, to path: String, _ method: HTTPMethod = .PUT) async throws {
        let data = FileChunks(path: file)
        var request = try request(method, path)
        request.body = .stream(data, length: .known(try data.size))
        guard try await exchange(request, { _ in }) != nil else {
            throw CommandError("the server does not know \(path)")
        }
    }
}

/// A file in chunks. Reading them blocks: only a command waits for that.
private struct FileChunks: AsyncSequence, Sendable {
    let path: String

    var size: Int64 {
        get throws {
            (try FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber)?.int64Value ?? 0
        }
    }

    func makeAsyncIterator() -> Iterator { Iterator(file: FileHandle(forReadingAtPath: path)) }

    struct Iterator: AsyncIteratorProtocol {
        let file: FileHandle?

        func next() async throws -> ByteBuffer? {
            guard let chunk = try file?.read(upToCount: 128 << 10), !chunk.isEmpty else { return nil }
            return ByteBuffer(bytes: chunk)
        }
    }
}
