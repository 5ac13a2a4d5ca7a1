import Glibc
public import HummingbirdCore

/// A listening address: a unix socket that appears under its path only with its final owner and mode, or a TCP address.
///
/// A unix socket is bound in a private folder, gets its owner and mode there, and is then renamed to its path by
/// ``publish()``. The path therefore never leads to a socket with other permissions, and never leads nowhere: when a
/// server takes over from another, no connection is lost.
///
/// ```swift
/// let listener = try UnixSocketListener(unixPath: "/run/app/fastcgi.sock", mode: 0o660)
/// let app = Application(
///     router: router,
///     server: .fastCGI(),
///     configuration: .init(address: listener.address),
///     onServerRunning: { channel in
///         do { try listener.publish() } catch {
///             logger.critical("\(error)")
///             try? await channel.close()
///         }
///     }
/// )
/// ```
///
/// The socket is not removed when the server ends, because a successor may already own the path.
public struct UnixSocketListener: Sendable {
    /// The maximum length of a unix socket's path, in bytes (`sun_path` without its NUL).
    public static let maximumPathBytes = 107

    /// The address to bind; for a unix socket its temporary path.
    public let address: BindAddress
    private let socket: StagedSocket?

    /// Creates a unix socket's address and its temporary folder.
    ///
    /// - Parameters:
    ///   - unixPath: The path of the socket, at most 107 bytes; its folder must exist.
    ///   - mode: The permissions of the socket; connecting requires the write permission.
    ///   - owner: The user id of the owner; nil leaves that of the process.
    ///   - group: The group id; nil leaves that of the process.
    /// - Throws: ``UnixSocketListenerError``.
    public init(
        unixPath: String, mode: UInt32 = 0o660, owner: UInt32? = nil, group: UInt32? = nil
    ) throws(UnixSocketListenerError) {
        let socket = try StagedSocket(path: unixPath, mode: mode, owner: owner, group: group)
        self.socket = socket
        self.address = .unixDomainSocket(path: socket.stagingPath)
    }

    /// Creates a TCP address.
    public init(host: String, port: Int) {
        self.socket = nil
        self.address = .hostname(host, port: port)
    }

    /// Renames a bound unix socket to its path, replacing any socket there. Call it in `onServerRunning`: Hummingbird
    /// serves the first connection only after that. Has no effect for TCP.
    public func publish() throws(UnixSocketListenerError) {
        try self.socket?.publish()
    }
}
