import FastCGI
import TestSupport

private typealias Records = FastCGIRecords

private func parameters(
    _ method: String = "GET", _ target: String = "/x", length: Int? = 0, and more: [(String, String)] = []
) -> [UInt8] {
    Records.parameters(Records.requestParameters(method, target, length: length) + more)
}

private func refusal(_ status: Int, _ text: String) -> [String] { ["\(status) \(text)\n", "end 0"] }

extension ConformanceCase {
    static let good = ["request", "end"]

    /// Requests as web servers send them, in every legal form.
    static let requests: [ConformanceCase] = [
        ConformanceCase(
            "a GET", Records.request("GET", "/x?a=b"), answers: ["200 GET /x?a=b ", "end 0"], events: good),
        ConformanceCase(
            "a POST", Records.request("POST", "/x", body: Array("hello".utf8)),
            answers: ["200 POST /x hello", "end 0"], events: good),
        ConformanceCase(
            "a connection that is not kept", Records.request("GET", "/x", keepsConnection: false),
            answers: ["200 GET /x ", "end 0", "close"], events: good),
        ConformanceCase(
            "two requests on a kept connection, with the same id",
            Records.request("GET", "/1") + Records.request("GET", "/2"),
            answers: ["200 GET /1 ", "end 0", "200 GET /2 ", "end 0"], events: good + good),
        ConformanceCase(
            "id 65535", Records.request("GET", "/x", id: 65_535), answers: ["200 GET /x ", "end 0 id 65535"],
            events: good),
        ConformanceCase(
            "a body of unknown length",
            Records.begin() + parameters("POST", length: nil)
                + Records.standardInput(Array("hello".utf8), pieces: 2),
            answers: ["200 POST /x hello", "end 0"], events: good),
        ConformanceCase(
            "one byte per record",
            Records.begin()
                + Records.requestParameters("POST", "/x", length: 5).flatMap { Records.pair($0.0, $0.1) }
                .flatMap { Records.record(4, [$0]) }
                + Records.record(4) + Records.standardInput(Array("hello".utf8), pieces: 1),
            answers: ["200 POST /x hello", "end 0"], events: good),
        ConformanceCase(
            "padding of every kind",
            Records.record(1, [0, 1, 1, 0, 0, 0, 0, 0], padding: [UInt8](repeating: 255, count: 255))
                + Records.record(
                    4, Records.requestParameters("POST", "/x", length: 2).flatMap { Records.pair($0.0, $0.1) },
                    padding: [1, 2, 3])
                + Records.record(4, padding: [9]) + Records.record(5, Array("hi".utf8), padding: [1, 4, 0, 1])
                + Records.record(5, padding: [UInt8](repeating: 1, count: 8)),
            answers: ["200 POST /x hi", "end 0"], events: good),
        ConformanceCase(
            "padding of every length",
            (0...255).flatMap { Records.record(99, id: 2, [1], padding: [UInt8](repeating: 1, count: $0)) }
                + Records.request("GET", "/x"),
            answers: ["200 GET /x ", "end 0"], events: good),
        ConformanceCase(
            "lengths of four bytes, an empty name and an empty value",
            Records.begin()
                + Records.record(
                    4,
                    Records.requestParameters("GET", "/x").flatMap { name, value in
                        Records.length(name.utf8.count, long: true) + Records.length(value.utf8.count, long: true)
                            + Array(name.utf8) + Array(value.utf8)
                    } + Records.pair("", "v") + Records.pair("EMPTY", ""))
                + Records.record(4) + Records.record(5),
            answers: ["200 GET /x ", "end 0"], events: good),
        ConformanceCase(
            "names and values of 127 and 128 bytes",
            Records.begin()
                + parameters(
                    and: [127, 128].map { (String(repeating: "N", count: $0), String(repeating: "v", count: $0)) })
                + Records.record(5),
            answers: ["200 GET /x ", "end 0"], events: good),
        ConformanceCase(
            "reserved bits and flags",
            Records.record(1, [0, 1, 0xff, 9, 9, 9, 9, 9]) + parameters() + Records.record(5),
            answers: ["200 GET /x ", "end 0"], events: good),
        ConformanceCase(
            "records of other ids and ended requests are ignored",
            Records.record(5, id: 7, [1, 2, 3]) + Records.abort(id: 9) + Records.request("GET", "/x")
                + Records.abort() + Records.record(5, [1]) + Records.record(4, [1]) + Records.record(200, id: 3, [1])
                + Records.request("GET", "/y"),
            answers: ["200 GET /x ", "end 0", "200 GET /y ", "end 0"], events: good + good),
        ConformanceCase(
            "a peer that shuts its sending side after a whole request gets its answer",
            Records.request("GET", "/x"), answers: ["200 GET /x ", "end 0", "close"], events: good, closesInput: true),
    ]

    /// Valid records with requests that cannot be served.
    static let refusals: [ConformanceCase] =
        [
            ConformanceCase(
                "no parameters", Records.begin() + Records.record(4) + Records.record(5),
                answers: refusal(400, "Bad Request (invalidMethod)"), events: ["refused invalidMethod"]),
            ConformanceCase(
                "parameters that end inside a pair",
                Records.begin() + Records.record(4, [5, 5, 65]) + Records.record(4) + Records.record(5),
                answers: refusal(400, "Bad Request (truncatedParameters)"), events: ["refused truncatedParameters"]),
            ConformanceCase(
                "a name length of 2^31-1",
                Records.begin() + Records.record(4, [0xff, 0xff, 0xff, 0xff, 1]) + Records.record(4)
                    + Records.record(5),
                answers: refusal(431, "Request Header Fields Too Large (parameterNameTooLong)"),
                events: ["refused parameterNameTooLong"]),
            ConformanceCase(
                "a value length of 2^31-1",
                Records.begin() + Records.record(4, [1, 0xff, 0xff, 0xff, 0xff]) + Records.record(4)
                    + Records.record(5),
                answers: refusal(431, "Request Header Fields Too Large (parameterValueTooLong)"),
                events: ["refused parameterValueTooLong"]),
            ConformanceCase(
                "both lengths 2^31-1, and the rest of the parameters skipped",
                Records.begin() + Records.record(4, [UInt8](repeating: 0xff, count: 8)) + Records.record(4, [1, 2, 3])
                    + Records.record(4) + Records.record(5) + Records.request("GET", "/next"),
                answers: refusal(431, "Request Header Fields Too Large (parameterNameTooLong)")
                    + ["200 GET /next ", "end 0"],
                events: ["refused parameterNameTooLong"] + good),
            ConformanceCase(
                "a value of 65535 bytes",
                Records.begin() + parameters(and: [("LONG", String(repeating: "v", count: 65_535))])
                    + Records.record(5),
                answers: refusal(431, "Request Header Fields Too Large (parameterValueTooLong)"),
                events: ["refused parameterValueTooLong"]),
            ConformanceCase(
                "a name of 65535 bytes",
                Records.begin() + parameters(and: [(String(repeating: "N", count: 65_535), "")]) + Records.record(5),
                answers: refusal(431, "Request Header Fields Too Large (parameterNameTooLong)"),
                events: ["refused parameterNameTooLong"]),
            ConformanceCase(
                "ten thousand small parameters",
                Records.begin() + parameters(and: (0..<10_000).map { ("\($0)", "") }) + Records.record(5),
                answers: refusal(431, "Request Header Fields Too Large (tooManyParameters)"),
                events: ["refused tooManyParameters"]),
            ConformanceCase(
                "more bytes of parameters than allowed, in many records",
                Records.begin()
                    + (0..<40).flatMap { Records.record(4, Records.pair("P\($0)", String(repeating: "v", count: 8))) }
                    + Records.record(4) + Records.record(5),
                answers: refusal(431, "Request Header Fields Too Large (parametersTooLarge)"),
                events: ["refused parametersTooLarge"], limits: { $0.parameterBytes = 100 }),
            ConformanceCase(
                "more parameters than allowed",
                Records.begin() + Records.record(4, (0..<20).flatMap { Records.pair("P\($0)", "") }) + Records.record(4)
                    + Records.record(5),
                answers: refusal(431, "Request Header Fields Too Large (tooManyParameters)"),
                events: ["refused tooManyParameters"], limits: { $0.parameterCount = 10 }),
            ConformanceCase(
                "more skipped parameters than anyone would read",
                Records.begin() + Records.record(4, [0xff, 0xff, 0xff, 0xff])
                    + Records.record(4, [UInt8](repeating: 0, count: 64)),
                answers: ["close"], events: [], limits: { $0.drainBytes = 32 }),
            ConformanceCase(
                "a body that is announced too long, sent all the same",
                Records.begin() + parameters("POST", length: 11)
                    + Records.standardInput([UInt8](repeating: 1, count: 11)),
                answers: refusal(413, "Content Too Large (bodyTooLarge)"), events: ["refused bodyTooLarge"],
                limits: { $0.bodyBytes = 10 }),
        ]
        + [
            ("REQUEST_METHOD", "GET"), ("SCRIPT_NAME", "/x"), ("QUERY_STRING", ""), ("CONTENT_LENGTH", ""),
            ("REMOTE_ADDR", "192.0.2.1"),
        ].map { repeated in
            ConformanceCase(
                "\(repeated.0) twice", Records.begin() + parameters(and: [repeated]) + Records.record(5),
                answers: refusal(400, "Bad Request (duplicateParameter)"), events: ["refused duplicateParameter"])
        }
        + ["HTTP_AUTHORIZATION", "HTTP_HOST"].map { name in
            ConformanceCase(
                "\(name) twice", Records.begin() + parameters(and: [(name, "a"), (name, "a")]) + Records.record(5),
                answers: refusal(400, "Bad Request (duplicateParameter)"), events: ["refused duplicateParameter"])
        }
        + ["-1", "+5", " 5", "5 ", "5x", "0x5", "9223372036854775808", "99999999999999999999"].map { length in
            ConformanceCase(
                "CONTENT_LENGTH '\(length)'",
                Records.begin()
                    + Records.parameters([("REQUEST_METHOD", "POST"), ("SCRIPT_NAME", "/"), ("CONTENT_LENGTH", length)])
                    + Records.standardInput(Array("hello".utf8)),
                answers: refusal(400, "Bad Request (invalidContentLength)"), events: ["refused invalidContentLength"])
        }
}
