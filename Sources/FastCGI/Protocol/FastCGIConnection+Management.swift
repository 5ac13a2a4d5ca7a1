import NIOCore

extension FastCGIConnection {
    /// Handles a management record, which has request id 0 (FastCGI 1.0, section 4).
    mutating func processManagement(_ fragment: RecordReader.Fragment) throws(FastCGIError) {
        switch RecordType(rawValue: fragment.header.type) {
        case .getValues:
            try self.processGetValues(fragment)
        case .beginRequest, .abortRequest, .endRequest, .parameters, .standardInput, .standardOutput, .standardError,
            .data:
            throw .unexpectedRecord
        case .getValuesResult, .unknownType, nil:
            guard fragment.isFirst else { return }
            self.writer.writeRecord(.unknownType, requestID: 0, content: [fragment.header.type, 0, 0, 0, 0, 0, 0, 0])
        }
    }

    private mutating func processGetValues(_ fragment: RecordReader.Fragment) throws(FastCGIError) {
        if fragment.isFirst { self.gathered.clear() }
        self.gathered.writeImmutableBuffer(fragment.content)
        guard fragment.isLast else { return }

        var decoder = ParameterDecoder(limits: self.configuration.limits)
        do throws(FastCGIError) {
            try decoder.announce(self.gathered.readableBytes)
            try decoder.append(self.gathered)
            try decoder.finish()
        } catch {
            throw .managementTooLarge
        }
        let limits = self.configuration.limits
        let known = [
            ("FCGI_MAX_CONNS", String(limits.connections)),
            ("FCGI_MAX_REQS", String(min(limits.connections, limits.requestsInFlight))),
            ("FCGI_MPXS_CONNS", "0"),
        ]
        var content: [UInt8] = []
        for (name, value) in known
        where decoder.pairs.contains(where: {
            decoder.bytes.getString(at: $0.nameStart, length: $0.nameLength) == name
        }) {
            content += [UInt8(name.utf8.count), UInt8(value.utf8.count)] + name.utf8 + value.utf8
        }
        self.writer.writeRecord(.getValuesResult, requestID: 0, content: content)
        self.gathered.clear()
    }
}
