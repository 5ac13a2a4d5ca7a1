import FastCGI
import HTTPTypes

/// The behaviour of the application, and the end of the connection, in one run.
struct FastCGIBehaviour {
    /// The time and kind of an answer.
    enum Answer: UInt8 {
        case afterBody, atOnce, streamed, never, tooShort, tooLong, bodiless, tooLargeHead
    }

    /// The event after the last byte.
    enum End: UInt8 {
        case open, inputClosed, timeOut, overload
    }

    var answer: Answer
    var end: End
    var isRetiring: Bool
    var configuration = FastCGIConfiguration()

    init(_ byte: UInt8) {
        self.answer = Answer(rawValue: byte & 7) ?? .afterBody
        self.end = End(rawValue: byte >> 3 & 3) ?? .open
        self.isRetiring = byte & 0x20 != 0
        guard byte & 0x40 != 0 else { return }
        // Small enough for short inputs to reach every limit.
        self.configuration.limits.parameterBytes = 128
        self.configuration.limits.parameterCount = 8
        self.configuration.limits.parameterNameBytes = 24
        self.configuration.limits.parameterValueBytes = 32
        self.configuration.limits.bodyBytes = 16
        self.configuration.limits.drainBytes = 32
    }

    /// The head of the answer, and the parts of its body.
    var response: (head: HTTPResponse, body: [String]) {
        switch self.answer {
        case .afterBody, .atOnce: (HTTPResponse(status: .ok, headerFields: [.contentLength: "4"]), ["done"])
        case .streamed, .never: (HTTPResponse(status: .ok), ["some", "more"])
        case .tooShort: (HTTPResponse(status: .ok, headerFields: [.contentLength: "9"]), ["done"])
        case .tooLong: (HTTPResponse(status: .ok, headerFields: [.contentLength: "2"]), ["done"])
        case .bodiless: (HTTPResponse(status: .noContent), ["none"])
        case .tooLargeHead:
            (HTTPResponse(status: .ok, headerFields: [.cookie: String(repeating: "c", count: 5_000)]), ["done"])
        }
    }
}
