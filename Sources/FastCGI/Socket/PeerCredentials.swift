import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Who is on the other end of a unix socket, as the kernel says (`struct ucred`).
struct PeerCredentials: Sendable {
    var processID: Int32
    var userID: UInt32
    var groupID: UInt32

    /// A peer that is not on the list.
    struct Refused: Error, CustomStringConvertible {
        var userID: UInt32

        var description: String { "user id \(self.userID) is not allowed to connect" }
    }

    static func read(from channel: any Channel) -> EventLoopFuture<PeerCredentials> {
        #if os(Linux)
            if channel.localAddress?.protocol == .unix, let provider = channel as? any SocketOptionProvider {
                return provider.unsafeGetSocketOption(level: .socket, name: .init(rawValue: SO_PEERCRED))
            }
        #endif
        return channel.eventLoop.makeFailedFuture(ChannelError.operationUnsupported)
    }
}
