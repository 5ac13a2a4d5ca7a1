import Glibc

/// An error of setting up a listening socket.
public enum UnixSocketListenerError: Error, Sendable, Equatable {
    /// The path, or the temporary path beside it, is longer than 107 bytes.
    case pathTooLong(path: String, bytes: Int)
    /// The path exists and is not a socket.
    case notASocket(path: String)
    /// A system call failed.
    case failed(call: String, path: String, errno: Int32)
}

extension UnixSocketListenerError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .pathTooLong(let path, let bytes):
            "the path of a unix socket has at most \(UnixSocketListener.maximumPathBytes) bytes; \(path) needs \(bytes)"
        case .notASocket(let path):
            "\(path) exists and is not a socket"
        case .failed(let call, let path, let errno):
            "\(call) \(path): \(String(cString: strerror(errno)))"
        }
    }
}
