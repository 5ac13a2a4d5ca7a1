extension PostgresConfiguration {
    /// Returns libpq's keywords for a connection to one of the hosts, without the password.
    ///
    /// Everything that a variable of the environment (PGSSLMODE...) or a file of the process's user would change in the
    /// way of the connection is given. A setting of the session, which a pooler would drop or keep for another client, is not.
    func keywords(for host: PostgresHost) throws(PostgresError) -> [(name: String, value: String)] {
        var keywords = [
            ("dbname", database), ("user", user), ("target_session_attrs", "read-write"),
            ("application_name", "steward"), ("client_encoding", "UTF8"), ("gssencmode", "disable"),
            ("passfile", "/nonexistent"),
        ]
        switch host {
        case .socket(let folder, let port):
            keywords += [("host", folder), ("port", String(port)), ("sslmode", "disable")]
        case .network(let name, let port):
            guard let certificateAuthority else {
                throw .invalidConfiguration("a connection to \(host) needs TLS: name the file of its authority")
            }
            // A server whose machine is gone is noticed within some 11 seconds, and by writes within 5.
            keywords += [
                ("host", name), ("port", String(port)), ("sslmode", "verify-full"),
                ("sslrootcert", certificateAuthority), ("keepalives", "1"), ("keepalives_idle", "5"),
                ("keepalives_interval", "2"), ("keepalives_count", "3"), ("tcp_user_timeout", "5000"),
            ]
        }
        for (name, value) in keywords {
            // An empty value would be libpq's default, and text behind a U+0000 would be lost.
            guard !value.isEmpty, !value.utf8.contains(0) else {
                throw .invalidConfiguration("the value of \(name) is empty or contains a U+0000")
            }
        }
        return keywords.map { (name: $0.0, value: $0.1) }
    }
}
