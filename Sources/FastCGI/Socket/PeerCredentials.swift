import Glibc
import NIOCore

/// The process, user and group of the peer of a unix socket, as the kernel reports them (`struct ucred`).
struct PeerCredentials: Sendable {
    var processID: Int32
    var userID: UInt32
    var groupID: UInt32

    /// The error for a peer whose user id is not allowed.
    struct Refused: Error, CustomStringConvertible {
        var userID: UInt32

        var description: String { "user id \(self.userID) is not allowed to connect" }
    }

    static func read(from channel: any Channel) -> EventLoopFuture<PeerCredentials> {
        if channel.localAddress?.protocol == .unix, let provider = channel as? any SocketOptionProvider {
            return provider.unsafeGetSocketOption(level: .socket, name: .init(rawValue: SO_PEERCRED))
        }
        return channel.eventLoop.makeFailedFuture(ChannelError.operationUnsupported)
    }
}
