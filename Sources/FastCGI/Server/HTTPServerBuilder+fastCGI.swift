public import HummingbirdCore

extension HTTPServerBuilder {
    /// A server that speaks FastCGI 1.0 as a responder, behind nginx or another web server.
    ///
    /// ```swift
    /// let configuration = FastCGIConfiguration()
    /// let listener = try FastCGIListener(unixPath: "/run/app/fastcgi.sock")
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
    /// - Parameter configuration: limits, times, counters and the drain of this server.
    public static func fastCGI(configuration: FastCGIConfiguration = .init()) -> HTTPServerBuilder {
        HTTPServerBuilder { responder in
            FastCGIChildChannel(responder: responder, configuration: configuration)
        }
    }
}
