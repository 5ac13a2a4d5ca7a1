import FastCGI
import TestSupport

private typealias Records = FastCGIRecords

private let parameters = Records.parameters(Records.requestParameters("POST", "/x", length: 5))
private let badRequest = ["400 Bad Request (unexpectedRecord)\n", "end 0", "close"]

extension ConformanceCase {
    /// Bodies that differ from their announcement.
    static let bodies: [ConformanceCase] = [
        ConformanceCase(
            "a body that is too short", Records.begin() + parameters + Records.standardInput([1, 2, 3]),
            answers: ["400 Bad Request (bodyLengthMismatch)\n", "end 0", "close"],
            events: ["request", "failed bodyLengthMismatch"]),
        ConformanceCase(
            "a body that is too long is skipped to its end",
            Records.begin() + parameters + Records.standardInput([1, 2, 3, 4, 5, 6]),
            answers: ["400 Bad Request (bodyLengthMismatch)\n", "end 0", "close"],
            events: ["request", "failed bodyLengthMismatch"]),
        ConformanceCase(
            "a streamed body that grows too long",
            Records.begin() + Records.parameters(Records.requestParameters("POST", "/x", length: nil))
                + Records.standardInput([UInt8](repeating: 1, count: 20), pieces: 4),
            answers: ["413 Content Too Large (bodyTooLarge)\n", "end 0", "close"],
            events: ["request", "failed bodyTooLarge"], limits: { $0.bodyBytes = 10 }),
        ConformanceCase(
            "the end of the connection is not the end of a body",
            Records.begin() + parameters + Records.record(5, Array("hello".utf8)), answers: ["close"],
            events: ["request", "failed bodyTruncated"], closesInput: true),
        ConformanceCase(
            "STDIN before the end of PARAMS", Records.begin() + Records.record(5, [1]), answers: badRequest,
            events: ["broken unexpectedRecord"]),
        ConformanceCase(
            "PARAMS after their end", Records.begin() + parameters + Records.record(4, [1, 0, 65]), answers: badRequest,
            events: ["request", "broken unexpectedRecord"]),
        ConformanceCase(
            "DATA, which a responder does not get", Records.begin() + parameters + Records.record(8, [1]),
            answers: badRequest, events: ["request", "broken unexpectedRecord"]),
        ConformanceCase(
            "STDOUT from the web server", Records.begin() + Records.record(6, [1]), answers: badRequest,
            events: ["broken unexpectedRecord"]),
    ]

    /// BEGIN, ABORT, roles and concurrent requests.
    static let lifecycles: [ConformanceCase] =
        [
            ConformanceCase(
                "BEGIN twice with one id", Records.begin() + Records.begin(), answers: badRequest,
                events: ["broken unexpectedRecord"]),
            ConformanceCase(
                "a second request at the same time is refused, and the first one goes on",
                Records.begin() + Records.begin(id: 2) + Records.parameters([("A", "b")], id: 2) + parameters
                    + Records.standardInput(id: 2) + Records.abort(id: 2) + Records.standardInput(Array("hello".utf8)),
                answers: ["end 1 id 2", "200 POST /x hello", "end 0"], events: good),
            ConformanceCase(
                "a hundred requests at the same time",
                Records.begin() + (UInt16(2)...100).flatMap { Records.begin(id: $0) } + parameters
                    + Records.standardInput(Array("hello".utf8)),
                answers: (2...100).map { "end 1 id \($0)" } + ["200 POST /x hello", "end 0"], events: good),
            ConformanceCase(
                "ABORT before the end of PARAMS keeps the connection",
                Records.begin() + Records.record(4, [1]) + Records.abort() + Records.record(4) + Records.record(5)
                    + Records.request("GET", "/next"),
                answers: ["end 0", "200 GET /next ", "end 0"], events: ["aborted"] + good),
            ConformanceCase(
                "ABORT before the end of PARAMS without keeping the connection",
                Records.begin(flags: 0) + Records.abort() + Records.abort(), answers: ["end 0", "close"],
                events: ["aborted"]),
            ConformanceCase(
                "ABORT inside the body ends the connection, which cancels the handler",
                Records.begin() + parameters + Records.record(5, [1]) + Records.abort() + Records.abort(),
                answers: ["end 0", "close"], events: ["request", "aborted"]),
            ConformanceCase(
                "ABORT before any request", Records.abort() + Records.request("GET", "/x"),
                answers: ["200 GET /x ", "end 0"], events: good),
        ]
        + [0, 2, 3, 9, 65_535].map { role in
            ConformanceCase(
                "role \(role)",
                Records.begin(role: role) + parameters + Records.standardInput(Array("hello".utf8))
                    + Records.request("GET", "/next"),
                answers: ["end 3", "200 GET /next ", "end 0"], events: good)
        }
        + [
            ConformanceCase(
                "an unknown role without keeping the connection",
                Records.begin(role: 2, flags: 0) + parameters + Records.standardInput(), answers: ["end 3", "close"],
                events: [])
        ]
        + [0, 7, 9].map { length in
            ConformanceCase(
                "a BEGIN of \(length) bytes", Records.record(1, [UInt8](repeating: 0, count: length)),
                answers: ["close"],
                events: ["broken malformedBeginRequest"])
        }

    /// Management records, and input that is not FastCGI.
    static let management: [ConformanceCase] =
        [
            ConformanceCase(
                "GET_VALUES with all names",
                Records.record(
                    9, id: 0,
                    ["FCGI_MPXS_CONNS", "FCGI_MAX_CONNS", "FCGI_MAX_REQS", "NO_SUCH"].flatMap { Records.pair($0, "") }),
                answers: ["values FCGI_MAX_CONNS4096FCGI_MAX_REQS1024FCGI_MPXS_CONNS0"], events: []),
            ConformanceCase(
                "GET_VALUES with unknown names",
                Records.record(9, id: 0, Records.pair("A", "") + Records.pair("B", "")),
                answers: ["values "], events: []),
            ConformanceCase("GET_VALUES with nothing", Records.record(9, id: 0), answers: ["values "], events: []),
            ConformanceCase(
                "GET_VALUES that is cut off", Records.record(9, id: 0, [5, 0, 65]), answers: ["close"],
                events: ["broken managementTooLarge"]),
            ConformanceCase(
                "GET_VALUES with too much", Records.record(9, id: 0, (0..<20).flatMap { Records.pair("\($0)", "") }),
                answers: ["close"], events: ["broken managementTooLarge"], limits: { $0.parameterCount = 10 }),
            ConformanceCase(
                "GET_VALUES of 65535 bytes", Records.record(9, id: 0, [UInt8](repeating: 0, count: 65_535)),
                answers: ["close"], events: ["broken managementTooLarge"]),
            ConformanceCase(
                "GET_VALUES inside a request",
                Records.begin() + Records.record(9, id: 0, Records.pair("FCGI_MPXS_CONNS", "")) + parameters
                    + Records.record(9, id: 0) + Records.standardInput(Array("hello".utf8)),
                answers: ["values FCGI_MPXS_CONNS0", "values ", "200 POST /x hello", "end 0"], events: good),
            ConformanceCase(
                "GET_VALUES with the id of the request", Records.begin() + Records.record(9, Records.pair("A", "")),
                answers: badRequest, events: ["broken unexpectedRecord"]),
        ]
        + [10, 12, 99, 255].map { type in
            ConformanceCase(
                "management type \(type)", Records.record(type, id: 0, [1, 2, 3]) + Records.request("GET", "/x"),
                answers: ["unknown \(type)", "200 GET /x ", "end 0"], events: good)
        }
        + [1, 2, 3, 4, 5, 6, 7, 8].map { type in
            ConformanceCase(
                "type \(type) with id 0", Records.record(type, id: 0, [0, 1, 1, 0, 0, 0, 0, 0]), answers: ["close"],
                events: ["broken unexpectedRecord"])
        }
        + [0, 2, 255].map { version in
            ConformanceCase(
                "version \(version)", Records.record(1, [0, 1, 1, 0, 0, 0, 0, 0], version: version), answers: ["close"],
                events: ["broken unsupportedVersion"])
        }
        + [
            ConformanceCase(
                "HTTP", Array("GET / HTTP/1.1\r\n\r\n".utf8), answers: ["close"], events: ["broken unsupportedVersion"]),
            ConformanceCase(
                "TLS", [0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc], answers: ["close"], events: ["broken unsupportedVersion"]),
            ConformanceCase(
                "another version in the middle of a request", Records.begin() + parameters + [9],
                answers: ["400 Bad Request (unsupportedVersion)\n", "end 0", "close"],
                events: ["request", "broken unsupportedVersion"]),
        ]
}
