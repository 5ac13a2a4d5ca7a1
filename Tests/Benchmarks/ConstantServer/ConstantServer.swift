import FastCGI
import Hummingbird
import Logging
import NIOCore

/// A server with an empty handler, to measure the cost of a request without its handler.
///
///     ConstantServer fastcgi PATH      FastCGI on a unix socket
///     ConstantServer http PATH         Hummingbird's own HTTP/1.1 on a unix socket
@main
enum ConstantServer {
    /// The error for invalid arguments, with the usage.
    struct UsageError: Error, CustomStringConvertible {
        let description = "usage: ConstantServer fastcgi|http SOCKET"
    }

    static func main() async throws {
        guard CommandLine.arguments.count == 3 else { throw UsageError() }
        let path = CommandLine.arguments[2]
        var logger = Logger(label: "ConstantServer")
        logger.logLevel = .error
        // The same bytes as those of constant.c.
        let responder = CallbackResponder<BasicRequestContext> { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/plain"], body: .init(byteBuffer: ByteBuffer(string: "ok\n")))
        }
        switch CommandLine.arguments[1] {
        case "fastcgi":
            let listener = try UnixSocketListener(unixPath: path)
            try await Application(
                responder: responder, server: .fastCGI(), configuration: .init(address: listener.address),
                onServerRunning: { channel in
                    do {
                        try listener.publish()
                    } catch {
                        try? await channel.close()
                    }
                }, logger: logger
            ).runService()
        case "http":
            try await Application(
                responder: responder, server: .http1(),
                configuration: .init(address: .unixDomainSocket(path: path), serverName: nil), logger: logger
            ).runService()
        default:
            throw UsageError()
        }
    }
}
