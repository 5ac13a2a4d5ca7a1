import Foundation
import Glibc

/// A kept FastCGI connection for one request at a time.
final class Connection {
    private let path: String
    private var descriptor: Int32

    init(path: String) throws {
        self.path = path
        descriptor = try Self.open(path)
    }

    deinit { close(descriptor) }

    /// Sends a request; reopens the connection if the server closed it.
    ///
    /// - Returns: The status of the answer.
    func send(_ request: [UInt8]) throws -> Int {
        var sent = 0
        while sent < request.count {
            let count = request.withUnsafeBytes { bytes in
                let rest = UnsafeRawBufferPointer(rebasing: bytes[sent...])
                return Glibc.send(descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
            }
            // A server that refuses a request need not read the rest.
            guard count > 0 else { break }
            sent += count
        }
        var head: [UInt8] = []
        while let (type, content) = read() {
            if type == 6, head.count < 4096 { head += content }
            if type == 3 { return Self.status(head) }
        }
        close(descriptor)
        descriptor = try Self.open(path)
        return Self.status(head)
    }

    private func read() -> (type: UInt8, content: [UInt8])? {
        guard let header = read(8) else { return nil }
        let length = Int(header[4]) << 8 | Int(header[5])
        guard let content = read(length + Int(header[6])) else { return nil }
        return (header[1], Array(content.prefix(length)))
    }

    private func read(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var received = 0
        while received < count {
            let more = bytes.withUnsafeMutableBytes { bytes in
                let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[received...])
                return recv(descriptor, rest.baseAddress, rest.count, 0)
            }
            guard more > 0 else { return nil }
            received += more
        }
        return bytes
    }

    private static func status(_ head: [UInt8]) -> Int {
        let text = String(decoding: head, as: UTF8.self)
        guard let range = text.range(of: "Status: ") else { return text.isEmpty ? 0 : 200 }
        return Int(text[range.upperBound...].prefix(3)) ?? 0
    }

    private static func open(_ path: String) throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard descriptor >= 0, result == 0 else { throw StrangerBenchmark.Failure.noConnection }
        return descriptor
    }
}
