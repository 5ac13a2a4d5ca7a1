/// What a scripted upstream answers to one request.
package struct ScriptedReply: Sendable {
    /// The head goes out before the first bytes; a step before them happens before the head.
    package enum Step: Sendable {
        case head
        case send(String)
        /// Nothing until the test lets it go on.
        case wait(ScriptedGate)
        /// Nothing for this time: for programs that run in real time, never for a test.
        case pause(Duration)
        /// The connection ends here, without the end of the body.
        case close
        /// The same with a TCP reset.
        case reset
    }

    package var status: Int
    package var headers: [(name: String, value: String)]
    package var steps: [Step]

    package init(status: Int = 200, headers: [(name: String, value: String)] = [], steps: [Step]) {
        self.status = status
        self.headers = headers
        self.steps = steps
    }

    /// A whole body at once.
    package static func body(
        _ status: Int, _ body: String, type: String = "application/json",
        headers: [(name: String, value: String)] = []
    ) -> ScriptedReply {
        ScriptedReply(status: status, headers: [("content-type", type)] + headers, steps: [.send(body)])
    }

    /// Server-sent events, one for each payload, at once.
    package static func events(_ payloads: String...) -> ScriptedReply {
        stream(payloads.map { .send("data: \($0)\n\n") })
    }

    /// A stream of server-sent events that the steps write.
    package static func stream(_ steps: [Step]) -> ScriptedReply {
        ScriptedReply(headers: [("content-type", "text/event-stream")], steps: steps)
    }
}

/// Holds a reply back until a test opens it: each `open()` lets one `wait` pass.
package struct ScriptedGate: Sendable {
    private let passes: AsyncStream<Void>
    private let source: AsyncStream<Void>.Continuation

    package init() { (passes, source) = AsyncStream.makeStream() }

    package func open() { source.yield() }

    /// Returns when opened or cancelled.
    package func wait() async {
        var iterator = passes.makeAsyncIterator()
        await iterator.next()
    }
}
