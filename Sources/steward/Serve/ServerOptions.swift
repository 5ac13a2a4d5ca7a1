import Administration
import Logging
import PostgresStore
import Tenants

/// The validated options of `steward serve`.
struct ServerOptions: Sendable {
    /// The address of a FastCGI or HTTP server.
    enum Endpoint: Sendable, Equatable, CustomStringConvertible {
        case unix(path: String)
        case tcp(host: String, port: Int)

        var description: String {
            switch self {
            case .unix(let path): "unix:\(path)"
            case .tcp(let host, let port): "\(host):\(port)"
            }
        }
    }

    var tenantsFolder: String
    var dataFolder: String
    var fastCGI: Endpoint
    /// The address for plain HTTP, for development; nil for none.
    var http: Endpoint?
    var socketMode: UInt32
    var socketGroup: UInt32?
    /// The users whose processes may connect to the socket; nil leaves that to its mode.
    var allowedUserIDs: Set<UInt32>?
    /// Whether to replace the process that owns the data.
    var takesOver: Bool
    var stores = Stores.dataFolderOnly
    /// The settings of the databases that `stores` names.
    var databases: [String: PostgresStoreConfiguration] = [:]

    var adminSocket: String { AdminClient.socket(in: dataFolder) }
}

extension ServerOptions.Endpoint {
    /// Parses `unix:PATH`, or `HOST:PORT` with an IPv6 address in brackets.
    init?(_ text: String) {
        if text.hasPrefix("unix:") {
            let path = text.dropFirst(5)
            guard !path.isEmpty else { return nil }
            self = .unix(path: String(path))
            return
        }
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return nil
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard !host.isEmpty else { return nil }
        self = .tcp(host: String(host), port: Int(port))
    }

    /// Whether only this machine can reach it. Of names only those are local that cannot resolve to anything else.
    var isLocal: Bool {
        switch self {
        case .unix: true
        case .tcp(let host, _): host == "localhost" || host == "::1" || host.hasPrefix("127.")
        }
    }
}
