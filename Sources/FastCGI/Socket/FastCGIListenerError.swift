#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Why a socket cannot be set up.
public enum FastCGIListenerError: Error, Sendable, Equatable {
    /// The path, or that of the socket's staging place beside it, has more than 107 bytes.
    case pathTooLong(path: String, bytes: Int)
    /// Something that is not a socket has the name.
    case notASocket(path: String)
    /// A system call failed.
    case failed(call: String, path: String, errno: Int32)
}

extension FastCGIListenerError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .pathTooLong(let path, let bytes):
            "the path of a unix socket has at most \(FastCGIListener.maximumPathBytes) bytes; \(path) needs \(bytes)"
        case .notASocket(let path):
            "\(path) exists and is not a socket"
        case .failed(let call, let path, let errno):
            "\(call) \(path): \(String(cString: strerror(errno)))"
        }
    }
}
