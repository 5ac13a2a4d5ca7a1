import Foundation
import Synchronization

/// A unix socket before that of a database, which can keep the answer to a COMMIT to itself and end the connection.
final class CuttingProxy: Sendable {
    let folder: String
    private let target: String
    private let listener: Int32
    private let isArmed = Mutex(false)
    private let cutCount = Mutex(0)

    var cuts: Int { cutCount.withLock(\.self) }

    /// - Parameter target: the folder of the database's socket.
    init(to target: String) throws {
        self.target = target
        folder = "/tmp/cut-\(UInt32.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let isBound = Self.withAddress(folder) { bind(listener, $0, $1) == 0 }
        guard isBound, listen(listener, 16) == 0 else { throw POSIXError(.EIO) }
        Thread.detachNewThread { [self] in accept() }
    }

    func cutNextCommit() { isArmed.withLock { $0 = true } }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        try? FileManager.default.removeItem(atPath: folder)
    }

    private static func withAddress<R>(_ folder: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: (folder + "/.s.PGSQL.5432").utf8) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    private func accept() {
        while true {
            let client = Glibc.accept(listener, nil, nil)
            guard client >= 0 else { return }
            let server = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            guard Self.withAddress(target, { connect(server, $0, $1) == 0 }) else { return }
            Thread.detachNewThread { [self] in
                relay(client, server)
                close(client)
                close(server)
            }
        }
    }

    private func relay(_ client: Int32, _ server: Int32) {
        var isCutting = false
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            var polls = [
                pollfd(fd: client, events: Int16(POLLIN), revents: 0),
                pollfd(fd: server, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&polls, 2, -1) > 0 else { return }
            for (index, (from, to)) in [(client, server), (server, client)].enumerated() where polls[index].revents != 0
            {
                let count = read(from, &buffer, buffer.count)
                guard count > 0 else { return }
                let bytes = buffer[..<count]
                if index == 0, isArmed.withLock(\.self), String(decoding: bytes, as: UTF8.self).contains("\0commit\0") {
                    isArmed.withLock { $0 = false }
                    isCutting = true
                } else if index == 1, isCutting {
                    // The answer is there: what was to be committed is.
                    cutCount.withLock { $0 += 1 }
                    return
                }
                guard Array(bytes).withUnsafeBytes({ send(to, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }) == count
                else { return }
            }
        }
    }
}
