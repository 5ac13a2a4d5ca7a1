package import Secrets

/// The way to one database: its servers, of which one accepts writes, and the role to be.
package struct PostgresConfiguration: Sendable {
    /// The servers, tried in turn. Only one that accepts writes is used.
    package var hosts: [PostgresHost]
    package var database: String
    package var user: String
    /// The password; nil where the server asks for none, as with a unix socket's peer.
    package var password: Secret?
    /// The file with the certificates that a server's must be signed by; nil only for unix sockets. The certificate must
    /// name the host.
    package var certificateAuthority: String?
    /// Whether connections lead through a pooler in transaction mode, which loses prepared statements.
    package var usesPooler: Bool
    /// The limit of each host's answer to a new connection.
    package var connectTimeout: Duration
    /// The largest result of a statement, as libpq holds it in memory.
    package var resultLimit: Int

    package init(
        hosts: [PostgresHost], database: String, user: String, password: Secret? = nil,
        certificateAuthority: String? = nil, usesPooler: Bool = false, connectTimeout: Duration = .seconds(2),
        resultLimit: Int = 64 << 20
    ) {
        self.hosts = hosts
        self.database = database
        self.user = user
        self.password = password
        self.certificateAuthority = certificateAuthority
        self.usesPooler = usesPooler
        self.connectTimeout = connectTimeout
        self.resultLimit = resultLimit
    }
}
