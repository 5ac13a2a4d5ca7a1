import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import SQLiteStore
import TodoStore

extension AdminClient {
    /// A downloaded file.
    struct Download {
        let entityTag: String?
    }

    /// Writes the answer to a new file; returns nil for a 404.
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

    /// Uploads a file.
    func upload(_ file: String, to path: String, _ method: HTTPMethod = .PUT) async throws {
        let data = FileChunks(file: try RegularFile(file))
        var request = try request(method, path)
        request.body = .stream(data, length: .known(Int64(data.file.size)))
        guard try await exchange(request, { _ in }) != nil else {
            throw CommandError("the server does not know \(path)")
        }
    }
}

/// The chunks of a file. Reading them blocks, which only delays the command itself.
private struct FileChunks: AsyncSequence, Sendable {
    let file: RegularFile

    func makeAsyncIterator() -> Iterator { Iterator(file: file) }

    struct Iterator: AsyncIteratorProtocol {
        let file: RegularFile
        private var offset = 0

        init(file: RegularFile) { self.file = file }

        mutating func next() async throws -> ByteBuffer? {
            guard let bytes = try file.read(at: offset) else { return nil }
            offset += bytes.count
            return ByteBuffer(bytes: bytes)
        }
    }
}
