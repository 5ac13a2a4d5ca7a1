import AsyncHTTPClient
import Foundation
import NIOCore
import NIOPosix

extension ProviderError {
    static let noConnectionInTime = ProviderError(.unreachable, "the connection timed out")
    static let noAddress = ProviderError(.unreachable, "the host name has no address")

    /// Creates the error of a failed connection. Its detail contains nothing of the request.
    init(transport error: any Error) {
        switch error {
        case let error as ProviderError:
            self = error
        case is PrivateAddressError:
            self.init(
                .unreachable, "the host name resolves to a private address, which requires allow_private: true",
                isRetryable: false)
        case let error as HTTPClientError where error == .connectTimeout || error == .getConnectionFromPoolTimeout:
            self = .noConnectionInTime
        case let error as HTTPClientError where error == .remoteConnectionClosed:
            self.init(.unreachable, "the provider closed the connection")
        case let error as HTTPClientError:
            self.init(.unreachable, "HTTP failed: \(error.shortDescription)")
        case let error as NIOConnectionError where error.connectionErrors.isEmpty:
            self = .noAddress
        case let error as NIOConnectionError:
            // The errors of further addresses are ignored.
            self.init(transport: error.connectionErrors[0].error)
        case let error as IOError where Self.isOurs(error.errnoCode):
            self.init(.noRoom, "this server could not open a connection: \(String(cString: strerror(error.errnoCode)))")
        case let error as IOError:
            self.init(.unreachable, "the connection failed: \(String(cString: strerror(error.errnoCode)))")
        default:
            self.init(.unreachable, "the connection failed: \(type(of: error))")
        }
    }

    /// Returns whether this process or machine lacked a descriptor, port or memory for a connection.
    private static func isOurs(_ code: CInt) -> Bool {
        [EMFILE, ENFILE, ENOBUFS, ENOMEM, EADDRNOTAVAIL].contains(code)
    }
}
