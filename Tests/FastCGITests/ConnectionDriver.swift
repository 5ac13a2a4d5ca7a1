import FastCGI
import HTTPTypes
import NIOCore
import TestSupport

/// A connection without a socket, which is fed with bytes, answers each complete request with an echo, and records its
/// events as text.
struct ConnectionDriver {
    var connection: FastCGIConnection
    /// The answer to a complete request; nil leaves requests waiting.
    var respond: ((HTTPRequest, [UInt8]) -> (HTTPResponse, [UInt8]))? = { request, body in
        let text = "\(request.method) \(request.path ?? "-") \(String(decoding: body, as: UTF8.self))"
        return (HTTPResponse(status: .ok), Array(text.utf8))
    }
    private(set) var events: [String] = []
    private(set) var output: [UInt8] = []
    private(set) var heads: [RequestHead] = []
    private(set) var body: [UInt8] = []

    init(_ configuration: FastCGIConfiguration = FastCGIConfiguration()) {
        self.connection = FastCGIConnection(configuration: configuration)
    }

    mutating func receive(_ bytes: [UInt8]) {
        self.connection.receive(ByteBuffer(bytes: bytes))
        while let event = self.connection.nextEvent() { self.handle(event) }
        self.collectOutput()
    }

    mutating func inputClosed() {
        if let event = self.connection.inputClosed() { self.handle(event) }
        self.collectOutput()
    }

    mutating func timeOut() {
        if let event = self.connection.timeOut() { self.handle(event) }
        self.collectOutput()
    }

    mutating func respond(_ response: HTTPResponse, _ body: [UInt8], retiring: Bool = false) -> [FastCGIError] {
        defer { self.collectOutput() }
        return [
            self.connection.send(response, retiring: retiring),
            body.isEmpty ? nil : self.connection.send(ByteBuffer(bytes: body)),
            self.connection.sendEnd(),
        ].compactMap { $0 }
    }

    /// The output as text: `200 text`, `end 0`, `values ...`, `unknown 12`, and `close` when the connection is over.
    var summary: [String] {
        var result: [String] = []
        var standardOutput: [UInt8] = []
        func flush(isEnded: Bool) -> [String] {
            guard !standardOutput.isEmpty else { return [] }
            guard let answer = FastCGIAnswer(standardOutput: &standardOutput) else { return ["no header block"] }
            defer { standardOutput = [] }
            let text = String(decoding: standardOutput, as: UTF8.self)
            return [text.isEmpty ? "\(answer.status)" : "\(answer.status) \(text)"]
        }
        for record in FastCGIRecord.all(in: self.output) {
            switch record.type {
            case 6: standardOutput += record.content
            case 3:
                result += flush(isEnded: true)
                result.append("end \(record.content[4])" + (record.id == 1 ? "" : " id \(record.id)"))
            case 10: result.append("values \(String(decoding: record.content.filter { $0 > 32 }, as: UTF8.self))")
            case 11: result.append("unknown \(record.content[0])")
            default: result.append("record \(record.type)")
            }
        }
        result += flush(isEnded: false)
        return result + (self.connection.wantsClose ? ["close"] : [])
    }

    private mutating func handle(_ event: FastCGIConnection.Event) {
        switch event {
        case .request(let head):
            self.heads.append(head)
            self.body = []
            self.events.append("request")
        case .body(let bytes):
            self.body += Array(bytes.readableBytesView)
        case .bodyEnd:
            self.events.append("end")
            guard let respond, let request = self.heads.last?.request else { return }
            let (response, body) = respond(request, self.body)
            _ = self.respond(response, body)
        case .bodyFailed(let error): self.events.append("failed \(error.rawValue)")
        case .aborted: self.events.append("aborted")
        case .refused(let error): self.events.append("refused \(error.rawValue)")
        case .protocolError(let error): self.events.append("broken \(error.rawValue)")
        }
    }

    private mutating func collectOutput() {
        while let bytes = self.connection.nextOutput() { self.output += Array(bytes.readableBytesView) }
    }
}
