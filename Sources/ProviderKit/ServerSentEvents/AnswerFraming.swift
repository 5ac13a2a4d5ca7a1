package import JSON
package import NIOCore
import Text

/// A parser that splits the body of an answer into events or, if there are none, returns it as one JSON document.
///
/// The content type is ignored, because servers send wrong ones.
package struct AnswerFraming: Sendable {
    /// The last part, completed by the end of the body.
    package enum End: Sendable {
        case event(SSEParser.Event?)
        case document(JSONValue)
    }

    private enum Kind: Sendable {
        /// Only white space and a byte order mark so far.
        case unknown(ByteBuffer)
        case events(SSEParser)
        /// A JSON document, or text that is not JSON.
        case document(ByteBuffer)
    }

    /// The maximum length of an event and of a document in bytes, which is parsed at once on an event loop.
    package static let standardPieceLimit = 256 * 1024

    /// The maximum length of white space before the answer, in bytes.
    private static let blankLimit = 64 * 1024

    private let pieceLimit: Int
    private let totalLimit: Int
    private var kind = Kind.unknown(ByteBuffer())
    private var total = 0

    /// Creates a parser.
    ///
    /// - Parameters:
    ///   - pieceLimit: The maximum length of an event and of a document, in bytes.
    ///   - totalLimit: The maximum length of the whole answer, in bytes.
    package init(pieceLimit: Int = standardPieceLimit, totalLimit: Int = 16 << 20) {
        self.pieceLimit = pieceLimit
        self.totalLimit = totalLimit
    }

    /// Whether the body is a document.
    package var isDocument: Bool {
        if case .document = kind { true } else { false }
    }

    /// Appends bytes and returns the events that they complete.
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
            // Only new bytes are checked: all earlier ones are blank.
            switch bytes.readableBytesView.first(where: { !Self.isBlank($0) }) {
            case nil:
                guard start.readableBytes <= Self.blankLimit else {
                    throw ProviderError(.misbehaved, "an answer with too much white space before it")
                }
                kind = .unknown(start)
                return []
            case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "<"): kind = .document(ByteBuffer())
            default: kind = .events(SSEParser(limit: pieceLimit))
            }
            return try take(start)
        case .events(var parser):
            // Restored below: with one owner, the parts of a line are appended without copying those before.
            kind = .unknown(ByteBuffer())
            let events = parser.receive(bytes)
            kind = .events(parser)
            return events
        case .document(var body):
            kind = .unknown(ByteBuffer())
            body.writeImmutableBuffer(bytes)
            guard body.readableBytes <= pieceLimit else {
                throw ProviderError(.misbehaved, "an event or document of more than \(pieceLimit) bytes")
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
            throw ProviderError(.misbehaved, "the answer is not JSON: \(excerpt.printable())")
        }
        return json
    }
}
