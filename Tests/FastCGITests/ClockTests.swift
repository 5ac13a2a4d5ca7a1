import HTTPTypes
import Logging
import NIOCore
import NIOEmbedded
import NIOExtras
import NIOHTTPTypes
import TestSupport
import Testing

@testable import FastCGI

/// Time limits, on a clock that the test moves.
struct ClockTests {
    private typealias Records = FastCGIRecords

    private let channel: EmbeddedChannel
    private let inbox: ApplicationInbox
    private var configuration = FastCGIConfiguration()
    private let post = Records.parameters(Records.requestParameters("POST", "/x", length: 100))

    init() {
        self.channel = EmbeddedChannel()
        self.inbox = ApplicationInbox(channel: self.channel)
    }

    private func connect() throws {
        try self.channel.pipeline.syncOperations.addHandler(
            FastCGIHandler(
                configuration: self.configuration, logger: Logger(label: "test"),
                inbox: self.inbox))
        try self.channel.connect(to: SocketAddress(unixDomainSocketPath: "/test")).wait()
        self.channel.read()
    }

    private func receive(_ bytes: [UInt8]) throws {
        try self.channel.writeInbound(ByteBuffer(bytes: bytes))
        self.channel.read()
    }

    private func advance(_ time: TimeAmount) {
        self.channel.embeddedEventLoop.advanceTime(by: time)
    }

    private func respond() throws {
        let parts: [HTTPResponsePart] = [.head(.init(status: .ok)), .end(nil)]
        for part in parts { self.channel.write(part, promise: nil) }
        self.channel.flush()
    }

    private func output() throws -> String {
        var bytes: [UInt8] = []
        while let buffer = try self.channel.readOutbound(as: ByteBuffer.self) {
            bytes += Array(buffer.readableBytesView)
        }
        return FastCGIRecord.all(in: bytes).map { record in
            record.type == 6 ? String(decoding: record.content.prefix(11), as: UTF8.self) : "end"
        }.filter { !$0.isEmpty }.joined(separator: " ")
    }

    @Test("A connection that says nothing is closed", arguments: [[], Array(Records.begin().prefix(9))])
    func silence(_ bytes: [UInt8]) throws {
        try self.connect()
        self.advance(.seconds(5))
        if !bytes.isEmpty { try self.receive(bytes) }
        self.advance(.milliseconds(4_999))
        #expect(self.channel.isActive)
        self.advance(.milliseconds(1))
        #expect(!self.channel.isActive)
        #expect(try self.output() == "")
    }

    @Test("A head that comes byte by byte is not given more time")
    func slowHead() throws {
        try self.connect()
        self.advance(.seconds(7))
        try self.receive(Records.begin())
        for byte in self.post.prefix(9) {
            self.advance(.seconds(1))
            try self.receive([byte])
        }
        #expect(self.channel.isActive)
        self.advance(.seconds(1))
        #expect(try self.output() == "Status: 408 end")
        #expect(!self.channel.isActive)
    }

    @Test("A kept connection may idle for longer than a new one")
    func idle() throws {
        try self.connect()
        for _ in 0..<3 {
            try self.receive(Records.request("GET", "/x"))
            try self.respond()
            #expect(try self.output() == "Status: 200 end")
            self.advance(.minutes(5) - .seconds(1))
            #expect(self.channel.isActive)
        }
        self.advance(.seconds(1))
        #expect(!self.channel.isActive)
    }

    @Test("A body may take as long as it goes on arriving")
    func body() throws {
        try self.connect()
        try self.receive(Records.begin() + self.post)
        for _ in 0..<10 {
            self.advance(.seconds(59))
            try self.receive(Records.record(5, [1]))
            _ = self.inbox.take()
        }
        #expect(self.channel.isActive)
        self.advance(.seconds(60))
        #expect(try self.output() == "Status: 408 end")
        #expect(!self.channel.isActive)
    }

    @Test("A body that we do not read ourselves is not late")
    func unreadBody() throws {
        try self.connect()
        try self.channel.writeInbound(ByteBuffer(bytes: Records.begin() + self.post))
        self.advance(.minutes(10))
        #expect(self.channel.isActive)
        self.channel.read()
        self.advance(.seconds(60))
        #expect(!self.channel.isActive)
    }

    @Test("A body that the application does not take is not late, until it does")
    func untakenBody() throws {
        try self.connect()
        try self.receive(Records.begin() + self.post)
        for _ in 0..<10 { try self.receive(Records.record(5, [1])) }
        self.advance(.minutes(10))
        #expect(self.channel.isActive)
        while case .part = self.inbox.take() {}
        self.advance(.minutes(2))
        #expect(!self.channel.isActive)
    }

    @Test("The application has as much time as it takes")
    func answering() throws {
        try self.connect()
        try self.receive(Records.request("GET", "/x"))
        self.advance(.hours(24))
        #expect(self.channel.isActive)
        try self.respond()
        #expect(try self.output() == "Status: 200 end")
    }

    @Test("A peer that does not read its answer is closed")
    func unreadOutput() throws {
        try self.connect()
        try self.receive(Records.request("GET", "/x"))
        self.channel.isWritable = false
        self.channel.pipeline.fireChannelWritabilityChanged()
        self.advance(.seconds(14))
        #expect(self.channel.isActive)
        self.advance(.seconds(1))
        #expect(!self.channel.isActive)
    }

    @Test("A stream of events may be left unread for longer")
    func unreadEvents() throws {
        try self.connect()
        try self.receive(Records.request("GET", "/x"))
        let head = HTTPResponse(status: .ok, headerFields: [.contentType: "text/event-stream"])
        self.channel.write(HTTPResponsePart.head(head), promise: nil)
        self.channel.flush()
        self.channel.isWritable = false
        self.channel.pipeline.fireChannelWritabilityChanged()
        self.advance(.seconds(59))
        #expect(self.channel.isActive)
        self.advance(.seconds(1))
        #expect(!self.channel.isActive)
    }

    @Test("A small answer that does not leave keeps its place until it does, or until its connection is closed")
    func unsentAnswer() throws {
        for leaves in [true, false] {
            let test = ClockTests()
            let socket = HeldWrites()
            try test.channel.pipeline.syncOperations.addHandler(socket)
            try test.connect()
            try test.receive(Records.request("GET", "/x"))
            let kept = KeptObject()
            guard case .part(.request(_, let parameters, body: _)) = test.inbox.take() else {
                Issue.record("no request")
                return
            }
            parameters.inFlight?.keep(kept.object())
            try test.respond()
            let statistics = test.configuration.statistics
            #expect(statistics.snapshot.inFlight == 1 && !kept.isGone)
            test.advance(.seconds(14))
            #expect(statistics.snapshot.inFlight == 1 && test.channel.isActive)
            if leaves { socket.letGo() } else { test.advance(.seconds(1)) }
            #expect(statistics.snapshot.inFlight == 0 && kept.isGone)
            #expect(test.channel.isActive == leaves)
        }
    }

    @Test("A peer that reads at last gets new time")
    func lateReader() throws {
        try self.connect()
        try self.receive(Records.request("GET", "/x"))
        for isWritable in [false, true, false, true] {
            self.channel.isWritable = isWritable
            self.channel.pipeline.fireChannelWritabilityChanged()
            self.advance(.seconds(14))
        }
        #expect(self.channel.isActive)
    }

    @Test("What is left of a body after the answer is not waited for long")
    func drain() throws {
        try self.connect()
        try self.receive(Records.begin() + self.post)
        try self.respond()
        #expect(try self.output() == "Status: 200 end")
        self.advance(.seconds(9))
        #expect(self.channel.isActive)
        self.advance(.seconds(1))
        #expect(!self.channel.isActive)
    }

    @Test("When the server shuts down, an idle connection stays for one more request, but not long")
    func quiescing() throws {
        try self.connect()
        try self.receive(Records.request("GET", "/x"))
        try self.respond()
        self.advance(.minutes(1))
        self.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        self.advance(.milliseconds(2_999))
        #expect(self.channel.isActive)
        self.advance(.milliseconds(1))
        #expect(!self.channel.isActive)
    }

    @Test("When the server shuts down, the next answer retires the connection")
    func retiring() throws {
        try self.connect()
        self.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        try self.receive(Records.request("GET", "/x"))
        try self.respond()
        #expect(try self.output() == "Status: 200")
        #expect(!self.channel.isActive)
    }
}

/// A socket that accepts no output until told to.
private final class HeldWrites: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer

    private var promises: [EventLoopPromise<Void>] = []

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if let promise { promises.append(promise) }
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        for held in promises { held.fail(ChannelError.ioOnClosedChannel) }
        promises = []
        context.close(mode: mode, promise: promise)
    }

    func letGo() {
        for held in promises { held.succeed() }
        promises = []
    }
}

/// An object whose release can be observed.
private final class KeptObject {
    final class Object: Sendable {}

    private weak var kept: Object?

    var isGone: Bool { kept == nil }

    func object() -> Object {
        let object = Object()
        kept = object
        return object
    }
}
