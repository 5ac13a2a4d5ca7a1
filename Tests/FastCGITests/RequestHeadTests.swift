import FastCGI
import HTTPTypes
import TestSupport
import Testing

/// The conversion of parameters to a request.
struct RequestHeadTests {
    private func head(_ parameters: [(String, String)]) throws -> RequestHead {
        var driver = ConnectionDriver()
        driver.receive(FastCGIRecords.begin() + FastCGIRecords.parameters(parameters))
        return try #require(driver.heads.first, "\(driver.events)")
    }

    /// Returns the events for a value of raw bytes.
    private func events(name: String, value: [UInt8]) -> [String] {
        var driver = ConnectionDriver()
        let pairs = [("REQUEST_METHOD", "GET"), ("SCRIPT_NAME", "/"), ("QUERY_STRING", "")].filter { $0.0 != name }
        driver.receive(
            FastCGIRecords.begin()
                + FastCGIRecords.record(
                    4,
                    pairs.flatMap { FastCGIRecords.pair($0.0, $0.1) } + [UInt8(name.utf8.count), UInt8(value.count)]
                        + Array(name.utf8) + value)
                + FastCGIRecords.record(4))
        return driver.events + driver.heads.compactMap { $0.request.path }
    }

    @Test("Method, scheme, authority, path and header fields come from their parameters")
    func wholeHead() throws {
        let head = try self.head([
            ("REQUEST_METHOD", "PURGE"), ("SCRIPT_NAME", "/a/b"), ("QUERY_STRING", "x=%2F&y"), ("HTTPS", "on"),
            ("HTTP_HOST", "todo.example"), ("HTTP_X_FORWARDED_FOR", "1"), ("HTTP_X_FORWARDED_FOR", "2"),
            ("CONTENT_TYPE", "text/plain"), ("CONTENT_LENGTH", "007"), ("HTTP_CONTENT_TYPE", "text/evil"),
            ("HTTP_CONTENT_LENGTH", "9"), ("REMOTE_ADDR", "192.0.2.7"), ("STEWARD_TENANT", "acme"),
            ("HTTP_REMOTE_ADDR", "6.6.6.6"), ("HTTP_HTTPS", "off"),
        ])
        #expect(head.request.method.rawValue == "PURGE")
        #expect(head.request.scheme == "https")
        #expect(head.request.authority == "todo.example")
        #expect(head.request.path == "/a/b?x=%2F&y")
        let forwarded = try #require(HTTPField.Name("X-Forwarded-For"))
        #expect(head.request.headerFields[values: forwarded] == ["1", "2"])
        #expect(head.request.headerFields[values: .contentType] == ["text/plain"])
        #expect(head.request.headerFields[values: .contentLength] == ["7"])
        #expect(head.contentLength == 7)
        #expect(head.parameters.remoteAddress == "192.0.2.7")
        #expect(head.parameters.isHTTPS)
        #expect(head.parameters["STEWARD_TENANT"] == "acme")
        #expect(head.parameters["HTTP_REMOTE_ADDR"] == nil)
        #expect(head.parameters["NO_SUCH"] == nil)
        #expect("\(head.parameters)" == "FastCGIParameters(15)")
    }

    @Test("A client's header can never be a parameter of the server")
    func headersAreNoParameters() throws {
        let head = try self.head([
            ("REQUEST_METHOD", "GET"), ("SCRIPT_NAME", "/"), ("HTTP_STEWARD_TENANT", "evil"),
        ])
        #expect(head.parameters["STEWARD_TENANT"] == nil)
        #expect(head.parameters["HTTP_STEWARD_TENANT"] == nil)
        #expect(head.request.headerFields[try #require(HTTPField.Name("Steward-Tenant"))] == "evil")
    }

    @Test(
        "Header fields that concern one connection, and Proxy, never reach the application",
        arguments: [
            "CONNECTION", "KEEP_ALIVE", "TE", "TRAILER", "TRANSFER_ENCODING", "UPGRADE", "PROXY", "PROXY_CONNECTION",
            "PROXY_AUTHENTICATE", "PROXY_AUTHORIZATION",
        ])
    func dropped(_ name: String) throws {
        let head = try self.head([("REQUEST_METHOD", "GET"), ("SCRIPT_NAME", "/"), ("HTTP_\(name)", "close")])
        #expect(head.request.headerFields.isEmpty)
    }

    @Test(
        "The decoded path is percent-encoded again",
        arguments: [
            ("/plain/path-1_2.3~x", "/plain/path-1_2.3~x"), ("/a?b", "/a%3Fb"), ("/%61", "/%2561"), ("/a b", "/a%20b"),
            ("/a#b", "/a%23b"), ("/ä", "/%C3%A4"), ("/user@example.org|x", "/user@example.org%7Cx"),
        ])
    func paths(_ decoded: String, _ encoded: String) {
        #expect(self.events(name: "SCRIPT_NAME", value: Array(decoded.utf8)) == ["request", encoded])
    }

    @Test(
        "A path that is not UTF-8, has control bytes or is not absolute is refused",
        arguments: [
            [], Array("x".utf8), Array("*".utf8), [0x2f, 0xff], [0x2f, 0xc3], [0x2f, 10], [0x2f, 0], [0x2f, 0x7f],
        ]
    )
    func badPaths(_ path: [UInt8]) {
        let expected = path.contains(0) ? "refused invalidHeader" : "refused invalidPath"
        #expect(self.events(name: "SCRIPT_NAME", value: path) == [expected])
    }

    @Test("A query stays as it is, but for bytes that no URI has")
    func queries() {
        #expect(self.events(name: "QUERY_STRING", value: Array("a=%zz&b=\"".utf8)) == ["request", "/?a=%zz&b=\""])
        #expect(self.events(name: "QUERY_STRING", value: [0x61, 0xff]) == ["request", "/?a%FF"])
        for byte: UInt8 in [10, 13, 32, 35, 127] {
            #expect(self.events(name: "QUERY_STRING", value: [byte]) == ["refused invalidQuery"])
        }
    }

    @Test("Control bytes in a header field, and names that are no token, are refused", arguments: [0, 10, 13, 27, 127])
    func badHeaders(_ byte: Int) {
        #expect(self.events(name: "HTTP_X_A", value: [0x61, UInt8(byte)]) == ["refused invalidHeader"])
        #expect(self.events(name: "CONTENT_TYPE", value: [0x61, UInt8(byte)]) == ["refused invalidHeader"])
    }

    @Test("A header name that is no token is refused", arguments: ["HTTP_", "HTTP_A:", "HTTP_:PATH", "HTTP_A B"])
    func badNames(_ name: String) {
        #expect(self.events(name: name, value: [0x61]) == ["refused invalidHeader"])
    }

    @Test("A header name outside ASCII is refused before it is compared with any other")
    func foreignNames() {
        let name = "HTTP_" + String(repeating: "\u{301}", count: 60)
        #expect(self.events(name: name, value: [0x61]) == ["refused invalidHeader"])
    }

    @Test("A path beyond the limit is refused before it is taken apart")
    func longPaths() throws {
        func parameters(_ length: Int) -> [(String, String)] {
            [("REQUEST_METHOD", "GET"), ("SCRIPT_NAME", "/" + String(repeating: "\u{301}", count: length / 2))]
        }
        #expect(try self.head(parameters(510)).request.path?.utf8.count == 1 + 3 * 510)
        var driver = ConnectionDriver()
        driver.receive(FastCGIRecords.begin() + FastCGIRecords.parameters(parameters(512)))
        #expect(driver.events == ["refused pathTooLong"])
    }

    @Test("A parameter that comes twice is found among as many as there may be")
    func duplicateAmongMany() throws {
        let long = String(repeating: "N", count: 100)
        let parameters = [("REQUEST_METHOD", "GET"), ("SCRIPT_NAME", "/")] + (0..<120).map { (long + "\($0)", "x") }
        #expect(try self.head(parameters).parameters[long + "119"] == "x")
        var driver = ConnectionDriver()
        driver.receive(FastCGIRecords.begin() + FastCGIRecords.parameters(parameters + [(long + "7", "x")]))
        #expect(driver.events == ["refused duplicateParameter"])
    }

    @Test(
        "A method that is no token, or longer than any, is refused",
        arguments: ["", "GET /", "G\u{e9}T", String(repeating: "G", count: 41)])
    func badMethods(_ method: String) {
        #expect(self.events(name: "REQUEST_METHOD", value: Array(method.utf8)) == ["refused invalidMethod"])
    }
}
