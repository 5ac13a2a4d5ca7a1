package import JSON
package import NIOCore
import Text

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

    /// Bytes of an event, and of a document: as much as is parsed at once on an event loop.
    package static let standardPieceLimit = 256 * 1024

    /// Bytes of white space before the answer begins.
    private static let blankLimit = 64 * 1024

    private let pieceLimit: Int
    private let totalLimit: Int
    private var kind = Kind.unknown(ByteBuffer())
    private var total = 0

    /// - Parameters:
    ///   - pieceLimit: bytes of an event, and of a document.
    ///   - totalLimit: bytes of the whole answer.
    package init(pieceLimit: Int = standardPieceLimit, totalLimit: Int = 16 << 20) {
        self.pieceLimit = pieceLimit
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
        return try take(bytes)
    }

    package mutating func end() throws(ProviderError) -> End {
        switch kind {
        case .unknown: throw ProviderError(.misbehaved, "the answer is empty")
        case .events(var parser): return .event(parser.end())
        case .document(let body): return .document(try parse(body))
        }
    }

    private static func isByteOrderMark(_ byte: UInt8) -> Bool { byte == 0xEF || byte == 0xBB || byte == 0xBF }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D || isByteOrderMark(byte)
    }

    private mutating func take(_ bytes: ByteBuffer) throws(ProviderError) -> [SSEParser.Event] {
        switch kind {
        case .unknown(var start):
            kind = .unknown(ByteBuffer())
            start.writeImmutableBuffer(bytes)
            // Only what is new: all that was there is blank.
            switch bytes.readableBytesView.first(where: { !Self.isBlank($0) }) {
            case nil:
                guard start.readableBytes <= Self.blankLimit else {
                    throw ProviderError(.misbehaved, "an answer that begins with too much white space")
                }
                kind = .unknown(start)
                return []
            case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "<"): kind = .document(ByteBuffer())
            default: kind = .events(SSEParser(limit: pieceLimit))
            }
            return try take(start)
        case .events(var parser):
            // Put back below: one owner, or each piece of a line would copy all that came before it.
            kind = .unknown(ByteBuffer())
            let events = parser.receive(bytes)
            kind = .events(parser)
            return events
        case .document(var body):
            kind = .unknown(ByteBuffer())
            body.writeImmutableBuffer(bytes)
            guard body.readableBytes <= pieceLimit else {
                throw ProviderError(.misbehaved, "an answer in one piece of more than \(pieceLimit) bytes")
            }
            kind = .document(body)
            return []
        }
    }

    private func parse(_ body: ByteBuffer) throws(ProviderError) -> JSONValue {
        var body = body
        while let byte = body.getInteger(at: body.readerIndex, as: UInt8.self), Self.isByteOrderMark(byte) {
            body.moveReaderIndex(forwardBy: 1)
        }
        guard let json = try? JSONParser.parse(body, limits: .answer(size: pieceLimit)) else {
            let excerpt = String(decoding: body.readableBytesView.prefix(200), as: UTF8.self)
            throw ProviderError(.misbehaved, "the answer is no JSON: \(excerpt.printable())")
        }
        return json
    }
}
