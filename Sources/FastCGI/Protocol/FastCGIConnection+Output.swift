package import HTTPTypes
package import NIOCore

extension FastCGIConnection {
    /// Sends the head of the application's answer.
    ///
    /// - Parameter retiring: that this answer is the connection's last one; see ``FastCGIDrain``.
    /// - Returns: why a 500 was sent instead.
    package mutating func send(_ head: HTTPResponse, retiring: Bool) -> FastCGIError? {
        // Interim answers (1xx) cannot be said in CGI.
        guard self.isAnswering, case .waiting = self.response, head.status.kind != .informational else { return nil }
        let isBodiless = head.status == .noContent || head.status == .notModified
        let block: ResponseHeaderBlock
        do throws(FastCGIError) {
            block = try ResponseHeaderBlock(
                head, isBodiless: isBodiless, isLast: retiring && self.keepsConnection,
                limit: self.configuration.limits.responseHeaderBytes)
        } catch {
            self.refuse(error)
            return error
        }
        self.retires = retiring && self.keepsConnection
        self.sendsEvents = head.headerFields[.contentType]?.hasPrefix("text/event-stream") ?? false
        self.writer.writeStandardOutput(block.bytes, requestID: self.requestID)
        self.response = .body(remaining: block.contentLength, isOmitted: self.isHead || isBodiless)
        return nil
    }

    /// Sends a piece of the body of the application's answer, never more than was announced.
    package mutating func send(_ body: ByteBuffer) -> FastCGIError? {
        guard self.isAnswering, case .body(let remaining, let isOmitted) = self.response, !isOmitted else { return nil }
        guard let remaining else {
            self.writer.writeStandardOutput(body, requestID: self.requestID)
            return nil
        }
        let length = min(remaining, body.readableBytes)
        if let piece = body.getSlice(at: body.readerIndex, length: length) {
            self.writer.writeStandardOutput(piece, requestID: self.requestID)
        }
        self.response = .body(remaining: remaining - length, isOmitted: false)
        return length < body.readableBytes ? .responseLengthMismatch : nil
    }

    /// Ends the application's answer.
    package mutating func sendEnd() -> FastCGIError? {
        guard self.isAnswering, case .body(let remaining, let isOmitted) = self.response else { return nil }
        if let remaining, remaining > 0, !isOmitted {
            // Without END_REQUEST the web server can tell that something is missing.
            self.response = .ended
            self.close()
            return .responseLengthMismatch
        }
        self.endResponse()
        return nil
    }

    /// Answers a request that the application does not get, or not in time.
    package mutating func refuse(_ error: FastCGIError) {
        let body = self.configuration.refusalBody(error)
        var head = HTTPResponse(
            status: error.status,
            headerFields: [.contentType: body.contentType, .contentLength: String(body.bytes.readableBytes)])
        if error == .overloaded {
            head.headerFields[.retryAfter] = String(self.configuration.limits.retryAfterSeconds)
        }
        // A body maker cannot break the answer: what does not pass is sent without.
        let block =
            (try? ResponseHeaderBlock(
                head, isBodiless: false, isLast: false, limit: self.configuration.limits.responseHeaderBytes))
            ?? ResponseHeaderBlock(emptyWith: error.status)
        self.writer.writeStandardOutput(block.bytes, requestID: self.requestID)
        if !self.isHead && block.contentLength == body.bytes.readableBytes {
            self.writer.writeStandardOutput(body.bytes, requestID: self.requestID)
        }
        self.retires = false
        self.endResponse()
    }

    private mutating func endResponse() {
        self.response = .ended
        self.writer.endStandardOutput(requestID: self.requestID)
        if self.retires {
            self.keepsConnection = false
        } else {
            self.writer.writeEndRequest(requestID: self.requestID, protocolStatus: .requestComplete)
        }
        if self.bodyEnded {
            self.finishDraining()
        } else {
            self.phase = .draining
        }
    }
}
