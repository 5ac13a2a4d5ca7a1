import HTTPTypes
package import NIOCore

extension FastCGIConnection {
    /// Appends bytes read from the socket.
    package mutating func receive(_ bytes: ByteBuffer) {
        if case .closed = self.phase { return }
        self.reader.append(bytes)
    }

    /// Parses the bytes received so far and returns the next event, or nil when more bytes are needed.
    package mutating func nextEvent() -> Event? {
        do throws(FastCGIError) {
            while !self.isClosed, let fragment = try self.reader.next() {
                if let event = try self.process(fragment) { return event }
            }
            return nil
        } catch {
            return self.breakOff(error)
        }
    }

    /// Handles the end of the peer's input. The end of the input never ends a body; only an empty STDIN record does
    /// (FastCGI 1.0, section 3.3).
    ///
    /// - Returns: The event for the application. A peer that only closed its sending side after a complete request
    ///   still gets its answer.
    package mutating func inputClosed() -> Event? {
        switch self.phase {
        case .exchange where self.bodyEnded:
            self.keepsConnection = false
            return nil
        case .exchange:
            self.close()
            return .bodyFailed(.bodyTruncated)
        case .idle, .parameters, .refusing, .draining, .closed:
            self.close()
            return nil
        }
    }

    /// Handles an expired deadline; ``waiting`` tells which step took too long.
    package mutating func timeOut() -> Event? {
        switch self.phase {
        case .parameters, .refusing:
            self.refuse(.headTimeout)
            self.close()
            return .refused(.headTimeout)
        case .exchange where !self.bodyEnded:
            let event = self.failBody(.bodyTimeout)
            self.close()
            return event
        case .idle, .exchange, .draining, .closed:
            self.close()
            return nil
        }
    }

    private var isClosed: Bool {
        if case .closed = self.phase { true } else { false }
    }

    private mutating func process(_ fragment: RecordReader.Fragment) throws(FastCGIError) -> Event? {
        let header = fragment.header
        guard header.requestID != 0 else {
            try self.processManagement(fragment)
            return nil
        }
        let type = RecordType(rawValue: header.type)
        if type == .beginRequest {
            try self.processBegin(fragment)
            return nil
        }
        guard header.requestID == self.requestID else { return nil }
        switch (self.phase, type) {
        case (.idle, _), (.closed, _):
            // Records of a request that has ended are ignored.
            return nil
        case (.draining, .standardInput):
            self.drain(fragment, isEnd: header.contentLength == 0)
            return nil
        case (.draining, _):
            self.drain(fragment, isEnd: false)
            return nil
        case (_, .abortRequest):
            return fragment.isFirst ? self.abort() : nil
        case (.parameters, .parameters):
            return try self.processParameters(fragment)
        case (.refusing(let error), .parameters):
            if header.contentLength == 0 { return self.refuseRequest(error) }
            // Whole records are counted, so that the result does not depend on how the reads split them.
            if fragment.isFirst { self.drained += header.contentLength }
            if self.drained > self.configuration.limits.drainBytes { self.close() }
            return nil
        case (.exchange, .standardInput):
            return self.processBody(fragment)
        case (_, _):
            // STDIN before the end of PARAMS, PARAMS after it, STDIN after its end, or a type that only an application
            // may send.
            throw .unexpectedRecord
        }
    }

    private mutating func processBegin(_ fragment: RecordReader.Fragment) throws(FastCGIError) {
        guard fragment.header.contentLength == 8 else { throw .malformedBeginRequest }
        if fragment.isFirst { self.gathered.clear() }
        self.gathered.writeImmutableBuffer(fragment.content)
        guard fragment.isLast, let (role, flags) = self.gathered.readMultipleIntegers(as: (UInt16, UInt8).self) else {
            return
        }
        let keepsConnection = flags & 1 == 1
        let id = fragment.header.requestID

        guard !self.hasRequest else {
            // A second request with the same id would make the answer ambiguous; one with another id is multiplexing.
            guard id != self.requestID else { throw .unexpectedRecord }
            self.writer.writeEndRequest(requestID: id, protocolStatus: .cannotMultiplexConnection)
            return
        }
        if case .draining = self.phase, !self.keepsConnection {
            // The connection closes after its current request.
            return
        }
        self.requestsBegun += 1
        self.requestID = id
        self.keepsConnection = keepsConnection
        self.drained = 0
        guard role == 1 else {
            self.writer.writeEndRequest(requestID: id, protocolStatus: .unknownRole)
            self.phase = .draining
            return
        }
        self.phase = .parameters
        self.decoder = ParameterDecoder(limits: self.configuration.limits)
        self.isHead = false
        self.expectedBody = nil
        self.receivedBody = 0
        self.bodyEnded = false
        self.retires = false
        self.sendsEvents = false
        self.response = .waiting
    }

    private mutating func processParameters(_ fragment: RecordReader.Fragment) throws(FastCGIError) -> Event? {
        do throws(FastCGIError) {
            if fragment.header.contentLength > 0 {
                if fragment.isFirst { try self.decoder.announce(fragment.header.contentLength) }
                try self.decoder.append(fragment.content)
                return nil
            }
            try self.decoder.finish()
            let head = try RequestHead(self.decoder)
            self.decoder = ParameterDecoder(limits: self.configuration.limits)
            self.isHead = head.request.method == .head
            self.expectedBody = head.contentLength
            if let length = head.contentLength, length > self.configuration.limits.bodyBytes { throw .bodyTooLarge }
            self.phase = .exchange
            return .request(head)
        } catch {
            self.decoder = ParameterDecoder(limits: self.configuration.limits)
            if fragment.header.contentLength == 0 { return self.refuseRequest(error) }
            // A responder must not answer before it has read all parameters.
            self.phase = .refusing(error)
            return nil
        }
    }

    private mutating func processBody(_ fragment: RecordReader.Fragment) -> Event? {
        guard !self.bodyEnded else { return self.breakOff(.unexpectedRecord) }
        guard fragment.header.contentLength > 0 else {
            if let expectedBody, expectedBody != self.receivedBody {
                self.bodyEnded = true
                return self.failBody(.bodyLengthMismatch)
            }
            self.bodyEnded = true
            return .bodyEnd
        }
        // The length of a record is added when its header arrives, so that no part of a body that exceeds the limit is
        // delivered.
        if fragment.isFirst {
            self.receivedBody += fragment.header.contentLength
            if let expectedBody, self.receivedBody > expectedBody { return self.failBody(.bodyLengthMismatch) }
            if self.receivedBody > self.configuration.limits.bodyBytes { return self.failBody(.bodyTooLarge) }
        }
        return fragment.content.readableBytes > 0 ? .body(fragment.content) : nil
    }

    /// Ends a body that does not match its announced length or exceeds a limit. The application's answer, if there is
    /// one, is discarded, and the connection serves no further request, so that the two answers cannot be confused.
    private mutating func failBody(_ error: FastCGIError) -> Event {
        self.keepsConnection = false
        if case .waiting = self.response {
            self.refuse(error)
        } else {
            self.close()
        }
        return .bodyFailed(error)
    }

    private mutating func refuseRequest(_ error: FastCGIError) -> Event {
        self.refuse(error)
        return .refused(error)
    }

    private mutating func abort() -> Event? {
        let hadApplication = self.isAnswering
        self.writer.writeEndRequest(requestID: self.requestID, protocolStatus: .requestComplete)
        self.response = .ended
        // Closing the connection cancels the application's task. Before the application has the request, the connection
        // can be kept.
        if hadApplication || !self.keepsConnection {
            self.close()
        } else {
            self.phase = .idle
        }
        return .aborted
    }

    /// Ends a connection whose input violates the protocol: answers 400 if a request waits for its answer, then closes.
    private mutating func breakOff(_ error: FastCGIError) -> Event {
        if self.hasRequest, case .waiting = self.response { self.refuse(error) }
        self.close()
        return .protocolError(error)
    }

    private mutating func drain(_ fragment: RecordReader.Fragment, isEnd: Bool) {
        if isEnd {
            self.finishDraining()
        } else {
            self.drained += fragment.content.readableBytes
        }
    }

    /// Ends a request whose answer was sent and whose input was read.
    mutating func finishDraining() {
        if self.keepsConnection {
            self.phase = .idle
        } else {
            self.close()
        }
    }
}
