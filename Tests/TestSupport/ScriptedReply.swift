/// The reply of a scripted upstream to one request.
package struct ScriptedReply: Sendable {
    /// A step of the reply. The head is sent before the first bytes; earlier steps happen before the head.
    package enum Step: Sendable {
        case head
        case send(String)
        /// Waits until the test opens the gate.
        case wait(ScriptedGate)
        /// Waits in real time; for programs, not for tests.
        case pause(Duration)
        /// Closes the connection before the end of the body.
        case close
        /// Resets the connection (TCP RST).
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

    /// Returns a whole body at once.
    package static func body(
        _ status: Int, _ body: String, type: String = "application/json",
        headers: [(name: String, value: String)] = []
    ) -> ScriptedReply {
        ScriptedReply(status: status, headers: [("content-type", type)] + headers, steps: [.send(body)])
    }

    /// Returns one server-sent event for each payload, at once.
    package static func events(_ payloads: String...) -> ScriptedReply {
        stream(payloads.map { .send("data: \($0)\n\n") })
    }

    /// Returns a stream of server-sent events written by the steps.
    package static func stream(_ steps: [Step]) -> ScriptedReply {
        ScriptedReply(headers: [("content-type", "text/event-stream")], steps: steps)
    }
}

/// A gate that holds a reply until a test opens it: each `open()` lets one `wait` pass.
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
