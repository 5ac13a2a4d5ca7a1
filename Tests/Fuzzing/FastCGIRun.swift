import FastCGI
import HTTPTypes
import NIOCore

/// The history of one connection from its first byte to its end.
struct FastCGIRun {
    /// An event, with the body in one piece regardless of how it arrived.
    enum Step: Equatable {
        case request(HTTPRequest, length: Int?)
        case body([UInt8])
        case bodyEnd
        case bodyFailed(FastCGIError)
        case aborted
        case refused(FastCGIError)
        case protocolError(FastCGIError)
    }

    private(set) var steps: [Step] = []
    private(set) var findings: [String] = []
    private(set) var outputCount = 0
    private(set) var answers: [FastCGIOutputRecord] = []
    var isClosed: Bool { self.connection.wantsClose }

    private let behaviour: FastCGIBehaviour
    private var connection: FastCGIConnection
    /// The index in `answers` of the STDOUT stream that has not ended.
    private var openAnswer: Int?
    private var announced: Int?
    private var received = 0
    private var isBodyExpected = false

    /// - Parameter seed: The places where the bytes are cut; nil for none.
    init(_ bytes: ArraySlice<UInt8>, cutBy seed: UInt8?, _ behaviour: FastCGIBehaviour) {
        self.behaviour = behaviour
        self.connection = FastCGIConnection(configuration: behaviour.configuration)
        var random = SplitMix64(seed: UInt64(seed ?? 0))
        var rest = bytes
        while !rest.isEmpty {
            let length =
                seed == nil ? rest.count : Int.random(in: 1...(random.next() & 3 == 0 ? 64 : 4), using: &random)
            self.receive(Array(rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        self.end()
        self.checkThatItIsOver()
    }

    private mutating func receive(_ bytes: [UInt8]) {
        let wasClosed = self.isClosed
        let stepCount = self.steps.count
        self.connection.receive(ByteBuffer(bytes: bytes))
        while let event = self.connection.nextEvent() { self.handle(event) }
        let sent = self.collectOutput()
        if wasClosed && (self.steps.count > stepCount || sent > 0) { self.findings.append("alive after its close") }
    }

    private mutating func end() {
        let event: FastCGIConnection.Event? =
            switch self.behaviour.end {
            case .open, .overload: nil
            case .inputClosed: self.connection.inputClosed()
            case .timeOut: self.connection.timeOut()
            }
        if let event { self.handle(event) }
        _ = self.collectOutput()
    }

    /// Checks that a connection to be closed neither accepts nor sends anything more.
    private mutating func checkThatItIsOver() {
        guard self.isClosed else { return }
        self.receive([1, 1, 0, 1, 0, 8, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 4, 0, 1, 0, 0, 0, 0])
        if self.connection.hasRequest || self.connection.isAnswering {
            self.findings.append("a request after the close")
        }
    }

    private mutating func handle(_ event: FastCGIConnection.Event) {
        switch event {
        case .request(let head):
            self.check(head.request)
            self.steps.append(.request(head.request, length: head.contentLength))
            self.announced = head.contentLength
            self.received = 0
            self.isBodyExpected = true
            if self.behaviour.end == .overload {
                self.connection.refuse(.overloaded)
                self.isBodyExpected = false
            } else if self.behaviour.answer == .atOnce || self.behaviour.answer == .streamed {
                self.beginAnswer()
                if self.behaviour.answer == .atOnce { self.finishAnswer() }
            }
        case .body(let bytes):
            if !self.isBodyExpected || bytes.readableBytes == 0 { self.findings.append("a body that nobody waits for") }
            self.received += bytes.readableBytes
            if self.received > min(self.announced ?? .max, self.behaviour.configuration.limits.bodyBytes) {
                self.findings.append(
                    "\(self.received) bytes of body, \(self.announced.map(String.init) ?? "-") announced")
            }
            if case .body(let before) = self.steps.last {
                self.steps[self.steps.count - 1] = .body(before + bytes.readableBytesView)
            } else {
                self.steps.append(.body(Array(bytes.readableBytesView)))
            }
        case .bodyEnd:
            if !self.isBodyExpected || self.received != self.announced ?? self.received {
                self.findings.append("the end of a body of \(self.received) bytes")
            }
            self.steps.append(.bodyEnd)
            if self.behaviour.answer != .never {
                if self.behaviour.answer != .streamed { self.beginAnswer() }
                self.finishAnswer()
            }
        case .bodyFailed(let error):
            if !self.isBodyExpected { self.findings.append("a failure of no body") }
            self.isBodyExpected = false
            self.steps.append(.bodyFailed(error))
        case .aborted:
            self.isBodyExpected = false
            self.steps.append(.aborted)
        case .refused(let error):
            self.steps.append(.refused(error))
        case .protocolError(let error):
            self.isBodyExpected = false
            self.steps.append(.protocolError(error))
            if !self.isClosed { self.findings.append("open after a protocol error") }
        }
    }

    private mutating func beginAnswer() {
        let response = self.behaviour.response
        _ = self.connection.send(response.head, retiring: self.behaviour.isRetiring)
        _ = response.body.first.map { self.connection.send(ByteBuffer(string: $0)) }
    }

    private mutating func finishAnswer() {
        for piece in self.behaviour.response.body.dropFirst() { _ = self.connection.send(ByteBuffer(string: piece)) }
        _ = self.connection.sendEnd()
        self.isBodyExpected = false
    }

    private mutating func check(_ request: HTTPRequest) {
        let path = request.path ?? ""
        if path.utf8.first != UInt8(ascii: "/") || path.utf8.contains(where: { $0 <= 0x20 || $0 >= 0x7f }) {
            self.findings.append("the path \(path.debugDescription)")
        }
        for field in request.headerFields
        where field.value.utf8.contains(where: { $0 == 0 || $0 == 0x0a || $0 == 0x0d }) {
            self.findings.append("the field \(field.name) is \(field.value.debugDescription)")
        }
    }

    /// Takes the connection's output; consecutive STDOUT records are merged.
    private mutating func collectOutput() -> Int {
        var bytes: [UInt8] = []
        while let buffer = self.connection.nextOutput() { bytes += buffer.readableBytesView }
        self.outputCount += bytes.count
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let record = FastCGIOutputRecord(takingFrom: &rest) else {
                self.findings.append("\(rest.count) bytes of output that are no record")
                break
            }
            if record.type == 6, let open = self.openAnswer, !record.content.isEmpty {
                self.answers[open].content += record.content
                continue
            }
            self.answers.append(record)
            switch record.type {
            case 6: self.openAnswer = record.content.isEmpty ? nil : self.answers.count - 1
            case 3 where record.content.dropFirst(4).first == 0: self.openAnswer = nil
            default: break
            }
        }
        return bytes.count
    }
}
