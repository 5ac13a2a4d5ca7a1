package import JSON
package import NIOCore

/// Takes the body of an answer apart: into events, or, when it is none of them, into one JSON document.
///
/// Its content-type is not asked: servers send the wrong one.
package struct AnswerFraming: Sendable {
    /// What the end of the body completes.
    package enum End: Sendable {
        case event(SSEParser.Event?)
        case document(JSONValue)
    }

    private enum Kind: Sendable {
        /// Nothing but white space and a byte order mark so far.
        case unknown(ByteBuffer)
        case events(SSEParser)
        /// One JSON document, or a page that is none.
        case document(ByteBuffer)
    }

    private let eventLimit: Int
    private let totalLimit: Int
    private var kind = Kind.unknown(ByteBuffer())
    private var total = 0

    package init(eventLimit: Int = 1 << 20, totalLimit: Int = 16 << 20) {
        self.eventLimit = eventLimit
        self.totalLimit = totalLimit
    }

    /// Whether the body turned out to be a document.
    package var isDocument: Bool {
        if case .document = kind { true } else { false }
    }

    /// The events that these bytes complete.
    package mutating func receive(_ bytes: ByteBuffer) throws(ProviderError) -> [SSEParser.Event] {
        total += bytes.readableBytes
        guard total <= totalLimit else {
            throw ProviderError(.misbehaved, "an answer of more than \(totalLimit) bytes")
        }
        return take(bytes)
    }

    package mutating func end() throws(ProviderError) -> End {
        switch kind {
        case .unknown: throw ProviderError(.misbehaved, "the answer is empty")
        case .events(var parser): return .event(parser.end())
        case .document(let body): return .document(try parse(body))
        }
    }

    private static let byteOrderMark: Set<UInt8> = [0xEF, 0xBB, 0xBF]
    private static let blank = byteOrderMark.union([0x20, 0x09, 0x0A, 0x0D])

    private mutating func take(_ bytes: ByteBuffer) -> [SSEParser.Event] {
        switch kind {
        case .unknown(var start):
            start.writeImmutableBuffer(bytes)
            switch start.readableBytesView.first(where: { !Self.blank.contains($0) }) {
            case nil:
                kind = .unknown(start)
                return []
            case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "<"): kind = .document(ByteBuffer())
            default: kind = .events(SSEParser(limit: eventLimit))
            }
            return take(start)
        case .events(var parser):
            // Put back below: one owner, or each piece of a line would copy all that came before it.
            kind = .unknown(ByteBuffer())
            let events = parser.receive(bytes)
            kind = .events(parser)
            return events
        case .document(var body):
            kind = .unknown(ByteBuffer())
            body.writeImmutableBuffer(bytes)
            kind = .document(body)
            return []
        }
    }

    private func parse(_ body: ByteBuffer) throws(ProviderError) -> JSONValue {
        var body = body
        while let byte = body.getInteger(at: body.readerIndex, as: UInt8.self), Self.byteOrderMark.contains(byte) {
            body.moveReaderIndex(forwardBy: 1)
        }
        guard let json = try? JSONParser.parse(body, limits: .answer(size: totalLimit)) else {
            let excerpt = String(decoding: body.readableBytesView.prefix(200), as: UTF8.self)
            throw ProviderError(.misbehaved, "the answer is no JSON: \(excerpt.filter { !$0.isNewline })")
        }
        return json
    }
}
