import FastCGI
import Foundation
import Testing

/// Listening addresses.
struct ListenerTests {
    /// Binds like Hummingbird, without a server.
    private func bind(_ listener: UnixSocketListener) throws -> Int32 {
        let text = "\(listener.address)"
        let start = try #require(text.range(of: "path: \""))
        let path = String(text[start.upperBound...].prefix { $0 != "\"" })
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(result == 0)
        return descriptor
    }

    private func attribute(_ key: FileAttributeKey, of path: String) throws -> Int? {
        (try FileManager.default.attributesOfItem(atPath: path)[key] as? NSNumber)?.intValue
    }

    @Test(
        "The socket appears with its mode and owner, and nothing is left beside it", arguments: [0o660, 0o600, 0o666])
    func publish(_ mode: Int) async throws {
        try await TestServer.withFolder { folder in
            let listener = try UnixSocketListener(
                unixPath: "\(folder)/app.sock", mode: UInt32(mode), owner: geteuid(), group: getegid())
            let staging = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(staging.count == 1)
            #expect(try self.attribute(.posixPermissions, of: "\(folder)/\(staging[0])") == 0o700)
            let descriptor = try self.bind(listener)
            defer { close(descriptor) }
            try listener.publish()
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["app.sock"])
            let socket = "\(folder)/app.sock"
            #expect(try self.attribute(.posixPermissions, of: socket) == mode)
            #expect(try self.attribute(.ownerAccountID, of: socket) == Int(geteuid()))
            #expect(try self.attribute(.groupOwnerAccountID, of: socket) == Int(getegid()))
        }
    }

    @Test("A socket takes the place of another, at once")
    func replace() async throws {
        try await TestServer.withFolder { folder in
            var inodes: Set<Int?> = []
            for _ in 0..<3 {
                let listener = try UnixSocketListener(unixPath: "\(folder)/s")
                let descriptor = try self.bind(listener)
                defer { close(descriptor) }
                try listener.publish()
                inodes.insert(try self.attribute(.systemFileNumber, of: "\(folder)/s"))
            }
            #expect(inodes.count > 1)
        }
    }

    @Test("A path has at most 107 bytes")
    func longPaths() async throws {
        try await TestServer.withFolder { folder in
            let longest = folder + "/" + String(repeating: "x", count: 107 - folder.utf8.count - 1)
            let listener = try UnixSocketListener(unixPath: longest)
            let descriptor = try self.bind(listener)
            defer { close(descriptor) }
            try listener.publish()
            let error = #expect(throws: UnixSocketListenerError.self) {
                try UnixSocketListener(unixPath: longest + "x")
            }
            #expect(error == .pathTooLong(path: longest + "x", bytes: 108))
            #expect(
                "\(try #require(error))" == "the path of a unix socket has at most 107 bytes; \(longest)x needs 108")
        }
    }

    @Test("A file that is no socket is not replaced")
    func notASocket() async throws {
        try await TestServer.withFolder { folder in
            #expect(FileManager.default.createFile(atPath: "\(folder)/file", contents: nil))
            #expect(throws: UnixSocketListenerError.notASocket(path: "\(folder)/file")) {
                try UnixSocketListener(unixPath: "\(folder)/file")
            }
            #expect(throws: UnixSocketListenerError.self) { try UnixSocketListener(unixPath: "\(folder)/missing/s") }
        }
    }
}
