package import Postgres

/// A database of `stores.yaml`.
package struct PostgresDefinition: Sendable {
    /// The way to it, without the password.
    let database: PostgresConfiguration
    let password: SecretReference?
    /// Connections of each server process.
    package let connections: Int
    /// The time after which other server processes end the turns of one that gives no sign of life.
    package let lease: Duration

    /// Returns the way to the database with the password.
    package func configuration(secrets: SecretSources) throws(SecretReferenceError) -> PostgresConfiguration {
        var database = database
        if let password { database.password = try secrets.resolve(password) }
        return database
    }

    init(_ section: inout SectionReader) {
        let hosts = Self.hosts(&section)
        let name = section.text("database", length: 1...63) ?? ""
        if name.isEmpty, !section.names.contains(where: { $0.name == "database" }) {
            section.fail("database", "is required")
        }
        let user = section.text("user", length: 1...63) ?? Self.defaultUser
        password = section.value(
            "password", "env:NAME, file:PATH or credential:NAME; a secret must not be in this file"
        ) {
            node in
            switch node.text.flatMap({ SecretReference($0) }) {
            // A sealed secret belongs to one tenant.
            case .sealed, nil: nil
            case let reference?: reference
            }
        }
        var tls = section.section("tls")
        let authority = tls?.text("ca", length: 1...4096)
        if tls != nil, authority == nil { tls?.fail("ca", "must be the file of the authority's certificate") }
        tls?.finish()
        let needsTLS = hosts.contains { if case .network = $0 { true } else { false } }
        if needsTLS, tls == nil {
            section.fail(
                "tls", "is required for a host that is not a unix socket: {ca: FILE} of the authority's certificate")
        }
        connections = section.integer("connections", 2...1000) ?? 32
        let pooler = section.value("pooler", "none or transaction") { node in
            ["none", "transaction"].contains(node.text) ? node.text : nil
        }
        lease = section.duration("lease", .seconds(1)...(.seconds(300))) ?? .seconds(10)
        database = PostgresConfiguration(
            hosts: hosts, database: name, user: user, certificateAuthority: authority,
            usesPooler: pooler == "transaction")
    }

    /// The role that the schema grants its rights to.
    private static let defaultUser = "steward_app"

    private static func hosts(_ section: inout SectionReader) -> [PostgresHost] {
        guard let texts = section.texts("hosts", limit: 16) else {
            if !section.names.contains(where: { $0.name == "hosts" }) { section.fail("hosts", "is required") }
            return []
        }
        if texts.isEmpty { section.fail("hosts", "must name at least one host") }
        return texts.compactMap { text, position in
            if let host = PostgresHost(text) { return host }
            section.fail(at: position, "hosts", "must be host:port, or the folder of a unix socket")
            return nil
        }
    }
}
