import FastCGI
import HTTPTypes
import NIOCore
import TestSupport
import Testing

/// The conversion of the application's response to records.
struct ResponseTests {
    private func driver(_ method: String = "GET", configuration: FastCGIConfiguration = .init()) -> ConnectionDriver {
        var driver = ConnectionDriver(configuration)
        driver.respond = nil
        driver.receive(FastCGIRecords.request(method, "/x"))
        return driver
    }

    private func answer(_ driver: ConnectionDriver) throws -> FastCGIAnswer {
        var output = FastCGIRecord.all(in: driver.output).filter { $0.type == 6 }.flatMap(\.content)
        var answer = try #require(FastCGIAnswer(standardOutput: &output))
        answer.body = output
        return answer
    }

    @Test("The header block says the status and every field")
    func headerBlock() throws {
        var driver = self.driver()
        let fields: HTTPFields = [.contentType: "text/plain", .setCookie: "a=1", .connection: "close"]
        let response = HTTPResponse(status: .init(code: 299, reasonPhrase: "Fine"), headerFields: fields)
        #expect(driver.respond(response, Array("body".utf8)) == [])
        let records = FastCGIRecord.all(in: driver.output)
        #expect(
            records.map { String(decoding: $0.content, as: UTF8.self) } == [
                "Status: 299 Fine\r\nContent-Type: text/plain\r\nSet-Cookie: a=1\r\n\r\nbody", "",
                "\0\0\0\0\0\0\0\0",
            ])
        #expect(records.map(\.type) == [6, 6, 3])
        #expect(!driver.connection.wantsClose)
    }

    @Test(
        "A body of any size is split into records that fit",
        arguments: [0, 1, 65_000, 65_534, 65_535, 65_536, 131_070, 131_071, 10_000_000])
    func sizes(_ size: Int) throws {
        let body = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        for piece in [size, 7_919, 20_011] where piece > 0 && size / piece < 2_000 {
            var driver = self.driver()
            #expect(driver.connection.send(HTTPResponse(status: .ok), retiring: false) == nil)
            for start in stride(from: 0, to: size, by: piece) {
                let part = ByteBuffer(bytes: body[start..<min(size, start + piece)])
                #expect(driver.connection.send(part) == nil)
            }
            #expect(driver.connection.sendEnd() == nil)
            driver.receive([])
            #expect(try self.answer(driver).body == body)
            let records = FastCGIRecord.all(in: driver.output)
            #expect(records.dropLast(2).allSatisfy { $0.type == 6 && !$0.content.isEmpty })
            #expect(records.suffix(2).map(\.type) == [6, 3])
        }
    }

    @Test("A small answer leaves in one buffer")
    func oneBuffer() {
        var driver = self.driver()
        _ = driver.connection.send(HTTPResponse(status: .ok), retiring: false)
        _ = driver.connection.send(ByteBuffer(repeating: 1, count: 16_000))
        _ = driver.connection.sendEnd()
        #expect(driver.connection.nextOutput() != nil)
        #expect(driver.connection.nextOutput() == nil)
    }

    @Test("HEAD, 204 and 304 have no body", arguments: [("HEAD", 200), ("GET", 204), ("GET", 304)])
    func bodiless(_ method: String, _ status: Int) throws {
        var driver = self.driver(method)
        let response = HTTPResponse(status: .init(code: status), headerFields: [.contentLength: "4"])
        #expect(driver.respond(response, Array("body".utf8)) == [])
        let answer = try self.answer(driver)
        #expect(answer.body == [])
        #expect(answer["Content-Length"] == (method == "HEAD" ? "4" : nil))
        #expect(driver.summary == ["\(status)", "end 0"])
    }

    @Test("A body that is longer than announced is cut, a shorter one is not ended")
    func wrongLengths() throws {
        var long = self.driver()
        let response = HTTPResponse(status: .ok, headerFields: [.contentLength: "3"])
        #expect(long.respond(response, Array("body".utf8)) == [.responseLengthMismatch])
        #expect(long.summary == ["200 bod", "end 0"])

        var short = self.driver()
        #expect(short.respond(response, Array("bo".utf8)) == [.responseLengthMismatch])
        #expect(short.summary == ["200 bo", "close"])
    }

    @Test("A header block that nginx could not take is a 500", arguments: [3_900, 5_000])
    func longHeaders(_ length: Int) throws {
        var driver = self.driver()
        let response = HTTPResponse(
            status: .ok, headerFields: [.setCookie: String(repeating: "c", count: length)])
        let isTooLong = length > 4_000
        #expect(driver.respond(response, Array("body".utf8)) == (isTooLong ? [.responseHeaderTooLarge] : []))
        #expect(
            driver.summary == [
                isTooLong ? "500 Internal Server Error (responseHeaderTooLarge)\n" : "200 body", "end 0",
            ])
    }

    @Test("CR, LF and NUL cannot reach the header block", arguments: ["\r", "\n", "\0", "\r\nX-Evil: 1"])
    func splitting(_ text: String) throws {
        var driver = self.driver()
        var response = HTTPResponse(status: .ok)
        response.headerFields.append(HTTPField(name: .location, lenientValue: "a\(text)b".utf8))
        _ = driver.respond(response, [])
        let answer = try self.answer(driver)
        #expect(answer.headers.map(\.name) == ["Location"])
        #expect(answer["Location"]?.contains("\0") == false)
    }

    @Test("Two different lengths are a 500", arguments: [["1", "2"], ["x"], ["-1"]])
    func badLengths(_ lengths: [String]) {
        var driver = self.driver()
        var response = HTTPResponse(status: .ok)
        for length in lengths { response.headerFields.append(HTTPField(name: .contentLength, value: length)) }
        #expect(driver.respond(response, [1]) == [.invalidResponseHeader])
        #expect(driver.summary == ["500 Internal Server Error (invalidResponseHeader)\n", "end 0"])
    }

    @Test("An interim answer is not sent")
    func interim() {
        var driver = self.driver()
        #expect(driver.connection.send(HTTPResponse(status: .continue), retiring: false) == nil)
        #expect(driver.respond(HTTPResponse(status: .ok), []) == [])
        #expect(driver.summary == ["200", "end 0"])
    }

    @Test("An early answer skips the rest of the body and keeps the connection")
    func early() {
        var driver = ConnectionDriver()
        let parameters = FastCGIRecords.parameters(FastCGIRecords.requestParameters("POST", "/x", length: 10))
        driver.receive(FastCGIRecords.begin() + parameters + FastCGIRecords.record(5, [1, 2]))
        #expect(driver.respond(HTTPResponse(status: .forbidden), []) == [])
        driver.receive(FastCGIRecords.record(5, [3, 4]))
        driver.receive(FastCGIRecords.record(5) + FastCGIRecords.request("GET", "/next"))
        #expect(driver.summary == ["403", "end 0", "200 GET /next ", "end 0"])
        #expect(driver.body == [])
    }

    @Test("After an early answer not more than allowed is read")
    func drainLimit() {
        var configuration = FastCGIConfiguration()
        configuration.limits.drainBytes = 100
        var driver = ConnectionDriver(configuration)
        let parameters = FastCGIRecords.parameters(FastCGIRecords.requestParameters("POST", "/x", length: 1_000))
        driver.receive(FastCGIRecords.begin() + parameters)
        #expect(driver.respond(HTTPResponse(status: .contentTooLarge), []) == [])
        driver.receive(FastCGIRecords.record(5, [UInt8](repeating: 1, count: 100)))
        #expect(!driver.connection.refusesInput)
        driver.receive(FastCGIRecords.record(5, [1]))
        #expect(driver.connection.refusesInput)
        #expect(driver.summary == ["413", "end 0"])
        driver.timeOut()
        #expect(driver.summary == ["413", "end 0", "close"])
    }

    @Test("A kept connection is retired without END_REQUEST")
    func retiring() throws {
        var driver = self.driver()
        let response = HTTPResponse(
            status: .ok, headerFields: [.contentLength: "4", try #require(HTTPField.Name("X-Accel-Buffering")): "yes"])
        #expect(driver.respond(response, Array("body".utf8), retiring: true) == [])
        let answer = try self.answer(driver)
        #expect(answer.headers.map(\.name) == ["Content-Length", "X-Accel-Buffering"])
        #expect(answer["X-Accel-Buffering"] == "no")
        let records = FastCGIRecord.all(in: driver.output)
        #expect(records.map(\.type) == [6, 6])
        #expect(records.last?.content == [])
        #expect(driver.connection.wantsClose)
    }

    @Test("A connection that is not kept needs no retiring")
    func retiringUnkept() {
        var driver = ConnectionDriver()
        driver.respond = nil
        driver.receive(FastCGIRecords.request("GET", "/x", keepsConnection: false))
        _ = driver.respond(HTTPResponse(status: .ok), [], retiring: true)
        #expect(driver.summary == ["200", "end 0", "close"])
    }

    @Test("An answer to a request whose body failed is dropped, and nothing follows on that connection")
    func lateAnswer() {
        var driver = ConnectionDriver()
        let parameters = FastCGIRecords.parameters(FastCGIRecords.requestParameters("POST", "/x", length: 1))
        driver.receive(FastCGIRecords.begin() + parameters + FastCGIRecords.record(5, [1, 2]))
        driver.receive(FastCGIRecords.request("GET", "/smuggled"))
        #expect(driver.respond(HTTPResponse(status: .ok), Array("late".utf8)) == [])
        driver.receive(FastCGIRecords.record(5))
        #expect(driver.events == ["request", "failed bodyLengthMismatch"])
        #expect(driver.summary == ["400 Bad Request (bodyLengthMismatch)\n", "end 0", "close"])
    }

    @Test("ABORT in the middle of an answer ends it, and nothing of it follows")
    func abort() {
        var driver = self.driver()
        #expect(driver.connection.send(HTTPResponse(status: .ok), retiring: false) == nil)
        #expect(driver.connection.send(ByteBuffer(string: "first ")) == nil)
        driver.receive(FastCGIRecords.abort() + FastCGIRecords.abort() + FastCGIRecords.request("GET", "/next"))
        #expect(driver.connection.send(ByteBuffer(string: "late")) == nil)
        #expect(driver.connection.sendEnd() == nil)
        driver.receive([])
        #expect(driver.summary == ["200 first ", "end 0", "close"])
        #expect(driver.events == ["request", "end", "aborted"])
    }

    @Test("STDIN after its end breaks the connection off while the request waits for its answer")
    func bodyAfterItsEnd() {
        var driver = self.driver("POST")
        driver.receive(FastCGIRecords.record(5, [1]))
        #expect(driver.respond(HTTPResponse(status: .ok), Array("late".utf8)) == [])
        #expect(driver.summary == ["400 Bad Request (unexpectedRecord)\n", "end 0", "close"])
        #expect(driver.events == ["request", "end", "broken unexpectedRecord"])
    }

    @Test("Time limits say 408 where a request exists, and close")
    func timeouts() {
        var idle = ConnectionDriver()
        idle.timeOut()
        #expect(idle.summary == ["close"])

        var head = ConnectionDriver()
        head.receive(FastCGIRecords.begin() + FastCGIRecords.record(4, [1]))
        head.timeOut()
        #expect(head.summary == ["408 Request Timeout (headTimeout)\n", "end 0", "close"])

        var body = ConnectionDriver()
        body.receive(
            FastCGIRecords.begin()
                + FastCGIRecords.parameters(FastCGIRecords.requestParameters("POST", "/x", length: 9)))
        body.timeOut()
        #expect(body.summary == ["408 Request Timeout (bodyTimeout)\n", "end 0", "close"])
        #expect(body.events == ["request", "failed bodyTimeout"])
    }
}
