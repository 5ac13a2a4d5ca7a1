import Secrets
import Testing

@testable import Postgres

struct PostgresHostTests {
    @Test(arguments: [
        ("pg1.internal:6432", PostgresHost.network("pg1.internal", port: 6_432)),
        ("pg1", .network("pg1", port: 5_432)), ("[::1]:5433", .network("::1", port: 5_433)),
        ("[::1]", .network("::1", port: 5_432)), ("/run/postgresql", .socket(folder: "/run/postgresql", port: 5_432)),
        ("/run/postgresql:5433", .socket(folder: "/run/postgresql", port: 5_433)),
    ])
    func aHostIsRead(text: String, host: PostgresHost) {
        #expect(PostgresHost(text) == host)
        #expect(PostgresHost(host.description) == host)
    }

    @Test(arguments: [
        "", ":5432", "a:", "a:0", "a:65536", "a:+1", "a:1x", "::1", "a,b", "@abstract", "a b", "a\0b", "[::1", "[]:1",
        "[::1]5432", "a:1:2", "a\n",
    ])
    func noOtherTextIsAHost(text: String) {
        #expect(PostgresHost(text) == nil)
    }

    @Test func aNetworkNeedsTheCertificateOfTheHost() throws {
        var configuration = PostgresConfiguration(hosts: [], database: "d", user: "u", password: Secret(utf8: "p"))
        let host = PostgresHost.network("pg1", port: 1)
        #expect(throws: PostgresError.self) { try configuration.keywords(for: host) }
        configuration.certificateAuthority = "/ca.pem"
        let keywords = Dictionary(
            uniqueKeysWithValues: try configuration.keywords(for: host).map { ($0.name, $0.value) })
        #expect(keywords["sslmode"] == "verify-full")
        #expect(keywords["sslrootcert"] == "/ca.pem")
        #expect(keywords["target_session_attrs"] == "read-write")
        #expect(keywords["tcp_user_timeout"] == "5000")
        #expect(keywords["password"] == nil)
        #expect(!"\(configuration)".contains("\"p\""))
    }

    @Test(arguments: ["", "a\0b"])
    func aValueThatLibpqWouldReadOtherwiseIsRefused(name: String) {
        let configuration = PostgresConfiguration(hosts: [], database: name, user: "u")
        #expect(throws: PostgresError.self) { try configuration.keywords(for: .socket(folder: "/x", port: 1)) }
    }
}
