import NIOCore

extension FastCGIHandler {
    /// Sets the deadline for the step that the connection is in.
    func updateClock(_ context: ChannelHandlerContext) {
        let timeouts = self.configuration.timeouts
        let (reason, limit): (ConnectionClock.Reason?, TimeAmount) =
            if self.isBlocked(context) {
                (
                    .output(progress: self.sentBytes(context)),
                    self.connection.sendsEvents ? timeouts.writeEvents : timeouts.write
                )
            } else {
                switch self.connection.waiting {
                case .firstRequest where self.isQuiescing, .nextRequest where self.isQuiescing:
                    (.idleAtShutdown, timeouts.idleAtShutdown)
                case .firstRequest: (.waiting(.firstRequest, progress: 0), timeouts.firstRequest)
                case .nextRequest:
                    (.waiting(.nextRequest, progress: self.connection.requestsBegun), timeouts.nextRequest)
                case .head: (.waiting(.head, progress: self.connection.requestsBegun), timeouts.head)
                case .body: (.waiting(.body, progress: self.connection.bodyProgress), timeouts.body)
                case .drain: (.waiting(.drain, progress: self.connection.requestsBegun), timeouts.drain)
                case .nothing: (nil, .zero)
                }
            }
        self.clock.set(reason, after: limit, on: context.eventLoop) { self.clockFired(context) }
    }

    private func clockFired(_ context: ChannelHandlerContext) {
        guard self.clock.fired(on: context.eventLoop, { self.clockFired(context) }) else { return }
        if self.isBlocked(context) {
            guard self.clock.reason == .output(progress: self.sentBytes(context)) else {
                self.updateClock(context)
                return
            }
            // The peer does not read: the pending output is discarded.
            context.close(promise: nil)
            return
        }
        if case .body = self.connection.waiting, !self.isPeerAwaited {
            self.clock.restart()
            self.updateClock(context)
            return
        }
        if let event = self.connection.timeOut() { self.handle(event) }
        self.sendOutput(context)
    }
}
