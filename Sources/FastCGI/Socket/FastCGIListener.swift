public import HummingbirdCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Where a server listens: a unix socket that appears under its name with the right owner and mode or not at all, or a
/// TCP address.
///
/// A unix socket is bound in a folder of its own that nobody else can enter, gets its owner and mode there, and is then
/// renamed over its name by ``publish()``. So there is no moment at which a wrong process could connect, and none at
/// which the name leads nowhere: a server that takes over from another loses no connection.
///
/// ```swift
/// let listener = try FastCGIListener(unixPath: "/run/app/fastcgi.sock", mode: 0o660)
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
/// The socket stays in the file system when the server ends: removing it could hit the one of a successor.
public struct FastCGIListener: Sendable {
    /// The longest path of a unix socket (`sun_path` without its NUL).
    public static let maximumPathBytes = 107

    /// The address to bind: for a unix socket its staging place.
    public let address: BindAddress
    private let socket: StagedSocket?

    /// A unix socket.
    ///
    /// - Parameters:
    ///   - unixPath: its name, at most 107 bytes; the folder must exist.
    ///   - mode: its permissions; connecting takes the permission to write.
    ///   - owner: its user id; nil leaves it to the process.
    ///   - group: its group id; nil leaves it to the process.
    public init(
        unixPath: String, mode: UInt32 = 0o660, owner: UInt32? = nil, group: UInt32? = nil
    ) throws(FastCGIListenerError) {
        let socket = try StagedSocket(path: unixPath, mode: mode, owner: owner, group: group)
        self.socket = socket
        self.address = .unixDomainSocket(path: socket.stagingPath)
    }

    /// A TCP address.
    public init(host: String, port: Int) {
        self.socket = nil
        self.address = .hostname(host, port: port)
    }

    /// Makes a bound unix socket reachable under its name, in place of any socket that was there. To be called in
    /// `onServerRunning`: Hummingbird serves the first connection only after that. Does nothing for TCP.
    public func publish() throws(FastCGIListenerError) {
        try self.socket?.publish()
    }
}
