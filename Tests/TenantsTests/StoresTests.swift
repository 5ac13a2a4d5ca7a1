import Foundation
import Identity
import Postgres
import Secrets
import TestSupport
import Testing
import Time

@testable import Tenants

@Suite struct StoresTests {
    private func parse(_ text: String) -> (stores: Stores?, problems: [String]) {
        let (stores, problems) = Stores.parse(Array(text.utf8), file: "stores.yaml")
        return (stores, problems.map(\.description))
    }

    @Test func `The whole grammar is read`() throws {
        let (stores, problems) = parse(
            """
            default: main
            stores:
              local: {engine: sqlite}
              main:
                engine: postgresql
                hosts: [pg1.internal:5433, pg2.internal]
                database: steward
                user: steward_app
                password: env:PG
                tls: {ca: /etc/steward/ca.pem}
                connections: 8
                pooler: transaction
                lease: 5s
            """)
        #expect(problems.isEmpty)
        let found = try #require(stores)
        #expect(found.place(nil) == .database("main"))
        #expect(found.place("local") == .dataFolder)
        #expect(found.place("other") == nil)
        let (name, definition) = try #require(found.databases.first)
        #expect(name == "main")
        #expect(definition.connections == 8)
        #expect(definition.lease == .seconds(5))
        let database = try definition.configuration(secrets: SecretSources(environment: ["PG": "secret"]))
        #expect(
            database.hosts == [.network("pg1.internal", port: 5433), .network("pg2.internal", port: 5432)])
        #expect(database.password?.revealed() == "secret")
        #expect(database.certificateAuthority == "/etc/steward/ca.pem")
        #expect(database.usesPooler)
        #expect(throws: SecretReferenceError.variableNotSet("PG")) {
            try definition.configuration(secrets: SecretSources(environment: [:]))
        }
    }

    @Test func `A unix socket needs neither a password nor TLS`() throws {
        let stores = try #require(
            parse("stores: {main: {engine: postgresql, hosts: [/run/postgresql], database: steward}}").stores)
        #expect(stores.place(nil) == .dataFolder)
        let database = try #require(stores.databases.first).definition
        #expect(try database.configuration(secrets: SecretSources(environment: [:])).user == "steward_app")
        #expect(database.lease == .seconds(10))
    }

    @Test(arguments: [
        ("{}", "stores.yaml:1:1: stores: is required"),
        ("stores: {a: {}}", "stores.yaml:1:10: stores.a.engine: is required: sqlite or postgresql"),
        ("stores: {a: {engine: mysql}}", "stores.yaml:1:22: stores.a.engine: must be sqlite or postgresql"),
        (
            "stores: {a: {engine: sqlite, hosts: [b]}}",
            "stores.yaml:1:30: stores.a: unknown key \"hosts\""
        ),
        (
            "stores: {a: {engine: sqlite}, b: {engine: sqlite}}",
            "stores.yaml:1:34: stores.b: is the data folder, as a is"
        ),
        ("stores: {A: {engine: sqlite}}", "stores.yaml:1:10: stores.A: must be named with 1 to 63 of a-z, 0-9 and -"),
        (
            "stores: {main: {engine: sqlite}}\ndefault: mian",
            "stores.yaml:2:10: default: is not among the stores, did you mean \"main\"?"
        ),
        (
            "stores: {a: {engine: postgresql, database: d, hosts: [pg]}}",
            "stores.yaml:1:10: stores.a.tls: is required for a host that is not a unix socket: {ca: FILE} of the authority's certificate"
        ),
        (
            "stores: {a: {engine: postgresql, database: d, hosts: [\"a,b\"]}}",
            "stores.yaml:1:55: stores.a.hosts: must be host:port, or the folder of a unix socket"
        ),
        (
            "stores: {a: {engine: postgresql, database: d, hosts: [/s], password: swordfish}}",
            "stores.yaml:1:70: stores.a.password: must be env:NAME, file:PATH or credential:NAME; a secret must not be in this file"
        ),
        (
            "stores: {a: {engine: postgresql, database: d, hosts: [/s], lease: 1h}}",
            "stores.yaml:1:67: stores.a.lease: must be a duration such as 500ms, 3s, 2m, 1h or 30d, from 1s to 5m"
        ),
    ])
    func `A mistake is refused with its place`(_ text: String, _ problem: String) {
        let (stores, problems) = parse(text)
        #expect(stores == nil)
        #expect(problems == [problem])
    }

    @Test func `A tenant with a store that is not there is misconfigured`() async throws {
        let files = ["acme": "provider: offline\nstore: mian\n", "globex": "provider: offline\n"]
        try await TemporaryTenants.with(files) { tenants in
            let stores = try #require(
                parse("stores: {main: {engine: postgresql, hosts: [/s], database: d}}\ndefault: main").stores)
            let acme = try #require(TenantID("acme"))
            func directory(_ stores: Stores) -> TenantDirectory {
                TenantDirectory(
                    root: tenants.root, registry: tenants.registry, secrets: SecretSources(environment: [:]),
                    stores: stores, now: .now)
            }
            let snapshot = directory(stores).snapshot
            let file = tenants.paths.file(acme)
            #expect(
                snapshot.problems(of: acme).map(\.description) == [
                    "\(file):2:8: store: is not in stores.yaml, did you mean \"main\"?"
                ])
            guard case .misconfigured = snapshot.tenant(acme) else {
                Issue.record("it is served")
                return
            }
            let globex = try #require(TenantID("globex"))
            #expect(snapshot.records[globex]?.tenant?.place == .database("main"))
            #expect(
                directory(.dataFolderOnly).snapshot.problems(of: acme).map(\.message) == [
                    "names a store, but there is no stores.yaml"
                ])
        }
    }
}
