import Identity
import JSON
import NginxConfiguration
import TestSupport
import Testing

@Suite struct NginxSiteTests {
    private static func site(
        serverName: String = "todo.example.com", certificate: String = "/etc/ssl/todo.pem",
        certificateKey: String = "/etc/ssl/todo.key", socket: String = "/run/steward/fastcgi.sock",
        tenant: TenantID? = nil, listen: ListenAddress? = nil
    ) throws(NginxConfigurationError) -> NginxSite {
        try NginxSite(
            serverName: serverName, certificate: certificate, certificateKey: certificateKey, socket: socket,
            tenant: tenant, listen: listen)
    }

    @Test(
        "The directives that an operator relies on are there",
        arguments: [
            "server unix:/run/steward/fastcgi.sock", "keepalive 32;", "listen 443 ssl http2;",
            "listen [::]:443 ssl http2;",
            "server_name todo.example.com;", "ssl_certificate /etc/ssl/todo.pem;",
            "ssl_certificate_key /etc/ssl/todo.key;",
            "fastcgi_keep_conn on;", "fastcgi_buffering off;", "gzip off;", "fastcgi_param HTTP_PROXY \"\";",
            "fastcgi_ignore_headers X-Accel-Redirect", "fastcgi_param SCRIPT_NAME $fastcgi_script_name;",
            "client_max_body_size 1100k;", "underscores_in_headers off;", "server_tokens off;",
        ])
    func directives(directive: String) throws {
        #expect(try Self.site().text.contains(directive))
    }

    @Test("No line of the text has more than 120 columns, and every block that is opened is closed")
    func shape() throws {
        let text = try Self.site(tenant: TenantID("acme")).text
        #expect(text.split(separator: "\n").filter { $0.count > 120 && !$0.contains("return ") } == [])
        #expect(!text.contains("\t"))
    }

    @Test("A tenant is named without HTTP_, so that no header of a client's can be it")
    func tenant() throws {
        let text = try Self.site(tenant: TenantID("acme")).text
        #expect(text.contains("        fastcgi_param STEWARD_TENANT acme;"))
        #expect(try !Self.site().text.contains("        fastcgi_param STEWARD_TENANT"))
    }

    @Test("Two sites of one nginx have upstreams of their own")
    func upstreams() throws {
        #expect(try Self.site(serverName: "a.example").upstream == "steward_a_example")
        #expect(try Self.site(serverName: "*.b.example").upstream == "steward___b_example")
    }

    @Test(
        "A path that could end its directive is refused, wherever it stands",
        arguments: [
            "", "relative.pem", "/a b", "/a;b", "/a{b", "/a}b", "/a$b", "/a\"b", "/a'b", "/a\\b", "/a#b", "/a\nb",
            "/a\rb",
            "/a\tb", "/a\0b", "/a\u{7F}b", "/a;\n} server { listen 80",
        ])
    func hostilePaths(path: String) {
        #expect(throws: NginxConfigurationError.self) { try Self.site(certificate: path) }
        #expect(throws: NginxConfigurationError.self) { try Self.site(certificateKey: path) }
        #expect(throws: NginxConfigurationError.self) { try Self.site(socket: path) }
    }

    @Test(
        "A server name that is no host name is refused",
        arguments: [
            "", "a b", "a;b", "~^(.+)$", "$host", "a\nb", "a{", "\"a\"", "a#b", "ä.example", "a/b",
            String(repeating: "a", count: 254),
        ])
    func hostileServerNames(name: String) {
        #expect(throws: NginxConfigurationError.self) { try Self.site(serverName: name) }
    }

    @Test("A socket path that the kernel would cut is refused")
    func longSocketPath() throws {
        _ = try Self.site(socket: "/" + String(repeating: "s", count: 106))
        #expect(throws: NginxConfigurationError.self) {
            try Self.site(socket: "/" + String(repeating: "s", count: 107))
        }
    }

    @Test(
        "A listen address is a port, or an address with one",
        arguments: [
            "443", "127.0.0.1:8443", "0.0.0.0:443", "[::1]:8443", "[2001:db8::1]:443",
        ])
    func listenAddresses(text: String) throws {
        let address = try ListenAddress(text)
        let site = try Self.site(listen: address)
        #expect(site.text.contains("    listen \(text) ssl http2;\n    server_name"))
    }

    @Test(
        "A listen address that could inject is refused",
        arguments: [
            "", "0", "65536", "+443", "443;", "443 default_server", "localhost:443", "unix:/tmp/s", "1.2.3:443",
            "1.2.3.256:443", "[::1;]:443", "[]:443", "::1:443", "443\n",
        ])
    func hostileListenAddresses(text: String) {
        #expect(throws: NginxConfigurationError.self) { try ListenAddress(text) }
    }

    @Test("nginx itself takes the configuration", arguments: [nil, TenantID("acme")])
    func nginxTakesIt(tenant: TenantID?) async throws {
        try await TemporaryFolder.with { folder in
            try await Nginx.makeCertificate(in: folder)
            let answer = try await Nginx.run(
                in: folder,
                site: { port in
                    try Self.site(
                        serverName: "localhost", certificate: folder["certificate.pem"],
                        certificateKey: folder["key.pem"], socket: folder["nobody.sock"], tenant: tenant,
                        listen: ListenAddress("127.0.0.1:\(port)")
                    ).text
                }
            ) { nginx in
                try await Curl(port: nginx.port, certificate: folder["certificate.pem"])("GET", "/healthz")
            }
            // No server listens on the socket: nginx answers in the format of Steward's errors.
            #expect(answer.status == 503)
            #expect(answer.httpVersion == "2")
            #expect(answer["content-type"] == "application/problem+json")
            #expect(answer.json["code"] == "overloaded")
            #expect(answer.json["request_id"]?.string == answer["x-request-id"])
            #expect(answer["strict-transport-security"] != nil)
            #expect(answer["server"] == "nginx")
        }
    }

    @Test("A body that is larger than any route takes gets 413 from nginx, in the shape of Steward's errors")
    func tooLarge() async throws {
        try await TemporaryFolder.with { folder in
            try await Nginx.makeCertificate(in: folder)
            let answer = try await Nginx.run(
                in: folder,
                site: { port in
                    try Self.site(
                        serverName: "localhost", certificate: folder["certificate.pem"],
                        certificateKey: folder["key.pem"], socket: folder["nobody.sock"],
                        listen: ListenAddress("127.0.0.1:\(port)")
                    ).text
                }
            ) { nginx in
                try await Curl(port: nginx.port, certificate: folder["certificate.pem"])(
                    "POST", "/api/alice/tasks/import", body: String(repeating: "x", count: 1_200_000))
            }
            #expect(answer.status == 413)
            #expect(answer.json["code"] == "payload_too_large")
        }
    }
}
