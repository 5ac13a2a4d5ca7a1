public import HummingbirdCore

extension HTTPServerBuilder {
    /// A builder of servers that accept FastCGI 1.0 requests in the responder role, behind nginx or another web server.
    ///
    /// ```swift
    /// let configuration = FastCGIConfiguration()
    /// let listener = try UnixSocketListener(unixPath: "/run/app/fastcgi.sock")
    /// let app = Application(
    ///     router: router,
    ///     server: .fastCGI(configuration: configuration),
    ///     configuration: .init(
    ///         address: listener.address, backlog: 511,
    ///         availableConnectionsDelegate: configuration.availableConnections),
    ///     onServerRunning: { channel in
    ///         do { try listener.publish() } catch {
    ///             logger.critical("\(error)")
    ///             try? await channel.close()
    ///         }
    ///     }
    /// )
    /// ```
    ///
    /// - Parameter configuration: The limits, timeouts, counters and drain of the server.
    public static func fastCGI(configuration: FastCGIConfiguration = .init()) -> HTTPServerBuilder {
        HTTPServerBuilder { responder in
            FastCGIChildChannel(responder: responder, configuration: configuration)
        }
    }
}
