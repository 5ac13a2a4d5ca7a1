package import HTTPTypes
package import NIOCore

extension FastCGIConnection {
    /// Sends the head of the application's answer.
    ///
    /// - Parameters:
    ///   - head: The status and header fields. Interim answers (1xx) are ignored.
    ///   - retiring: Whether the connection is closed after this answer; see ``FastCGIDrain``.
    /// - Returns: The error for which a 500 was sent instead, or nil.
    package mutating func send(_ head: HTTPResponse, retiring: Bool) -> FastCGIError? {
        // CGI (RFC 3875) has no interim answers (1xx).
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

    /// Sends a part of the body of the application's answer, up to the announced length.
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
            // A missing END_REQUEST record tells the web server that the answer is incomplete.
            self.response = .ended
            self.close()
            return .responseLengthMismatch
        }
        self.endResponse()
        return nil
    }

    /// Answers a request that is not passed to the application, or was not answered in time.
    package mutating func refuse(_ error: FastCGIError) {
        let body = self.configuration.refusalBody(error)
        var head = HTTPResponse(
            status: error.status,
            headerFields: [.contentType: body.contentType, .contentLength: String(body.bytes.readableBytes)])
        if error == .overloaded {
            head.headerFields[.retryAfter] = String(self.configuration.limits.retryAfterSeconds)
        }
        // Header fields that are invalid or too long are dropped: the answer is then sent without them.
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
