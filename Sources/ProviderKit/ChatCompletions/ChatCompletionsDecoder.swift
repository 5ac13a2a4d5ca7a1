package import Foundation
import JSON
package import NIOCore

/// Reads the answer of an OpenAI-compatible server, streamed or not: bytes in, text and at the end a completion out.
package struct ChatCompletionsDecoder: AnswerDecoder {
    /// What an answer may cost.
    package struct Limits: Sendable {
        package var event: Int
        package var text: Int
        package var total: Int
        package var calls: ToolCallAssembler.Limits

        package init(
            event: Int = 1 << 20, text: Int = 1 << 20, total: Int = 16 << 20,
            calls: ToolCallAssembler.Limits = ToolCallAssembler.Limits()
        ) {
            self.event = event
            self.text = text
            self.total = total
            self.calls = calls
        }
    }

    /// What the body turned out to be. Its content-type is not asked: servers send the wrong one.
    private enum Framing: Sendable {
        /// Nothing but white space and a byte order mark so far.
        case unknown(ByteBuffer)
        case events(SSEParser)
        /// One JSON document, or a page that is none.
        case document(ByteBuffer)
    }

    private let now: Date
    private let limits: Limits
    private var framing = Framing.unknown(ByteBuffer())
    private var total = 0
    private var message: ChatCompletionsMessage
    private var isDone = false
    private var failure: ProviderError?
    private var damagedEvents = 0
    /// Whether an event was lost before the message had ended: a piece of a call may have been in it.
    private var isPoisoned = false

    /// - Parameters:
    ///   - model: the model that was asked for, for answers that do not say which one they are from.
    ///   - now: what dates in errors are compared with.
    package init(
        model: String, dialect: ChatCompletionsDialect, now: Date, limits: Limits = Limits(),
        makeID: @escaping @Sendable () -> String = ToolCallAssembler.randomID
    ) {
        self.now = now
        self.limits = limits
        message = ChatCompletionsMessage(model: model, dialect: dialect, limits: limits, makeID: makeID)
    }

    package mutating func receive(_ bytes: ByteBuffer) -> AnswerProgress {
        var progress = AnswerProgress()
        guard !isOver else { return finishing(&progress) }
        total += bytes.readableBytes
        if total > limits.total {
            failure = ProviderError(.misbehaved, "an answer of more than \(limits.total) bytes")
        } else {
            take(bytes, &progress)
        }
        return finishing(&progress)
    }

    package mutating func end() throws(ProviderError) -> DecodedAnswer {
        var isDocument = false
        switch framing {
        case .unknown: if failure == nil { throw ProviderError(.misbehaved, "the answer is empty") }
        case .events(var parser):
            var progress = AnswerProgress()
            if !isOver, let event = parser.end() { take(event, &progress) }
            message.hold(progress.text)
        case .document(let body):
            isDocument = true
            if !isOver { try take(document: body) }
        }
        if let failure { throw failure }
        let isWhole = isDone || isDocument
        var answer = try message.finish(isDone: isWhole, isPoisoned: isPoisoned)
        answer.damagedEvents = damagedEvents
        return answer
    }

    package func refusal(status: Int, headers: ProviderHeaders, body: ByteBuffer) -> ProviderError {
        ProviderError(status: status, headers: headers, body: body, now: now)
    }

    private var isOver: Bool { isDone || failure != nil }

    private func finishing(_ progress: inout AnswerProgress) -> AnswerProgress {
        progress.hasBegun = message.hasBegun
        progress.phase = isOver ? .over : message.isComplete ? .complete : .writing
        return progress
    }

    private mutating func take(_ bytes: ByteBuffer, _ progress: inout AnswerProgress) {
        switch framing {
        case .unknown(var start):
            start.writeImmutableBuffer(bytes)
            let blank: Set<UInt8> = [0xEF, 0xBB, 0xBF, 0x20, 0x09, 0x0A, 0x0D]
            switch start.readableBytesView.first(where: { !blank.contains($0) }) {
            case nil:
                framing = .unknown(start)
            case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "<"):
                framing = .document(ByteBuffer())
                take(start, &progress)
            default:
                framing = .events(SSEParser(limit: limits.event))
                take(start, &progress)
            }
        case .events(var parser):
            // Put back below: one owner, or each piece of a line would copy all that came before it.
            framing = .unknown(ByteBuffer())
            let events = parser.receive(bytes)
            framing = .events(parser)
            for event in events where !isOver { take(event, &progress) }
        case .document(var body):
            framing = .unknown(ByteBuffer())
            body.writeImmutableBuffer(bytes)
            framing = .document(body)
            progress.heard = true
        }
    }

    private mutating func take(document body: ByteBuffer) throws(ProviderError) {
        var body = body
        while let byte = body.getInteger(at: body.readerIndex, as: UInt8.self), [0xEF, 0xBB, 0xBF].contains(byte) {
            body.moveReaderIndex(forwardBy: 1)
        }
        let limits = JSONLimits(size: limits.total, depth: 64)
        guard let json = try? JSONParser.parse(body, limits: limits) else {
            let excerpt = String(decoding: body.readableBytesView.prefix(200), as: UTF8.self)
            throw ProviderError(.misbehaved, "the answer is no JSON: \(excerpt.filter { !$0.isNewline })")
        }
        var progress = AnswerProgress()
        take(json, &progress)
        message.hold(progress.text)
        guard failure != nil || message.hasChoice else {
            throw ProviderError(.misbehaved, "the answer holds no message")
        }
    }

    private mutating func take(_ event: SSEParser.Event, _ progress: inout AnswerProgress) {
        guard case .data(let data) = event else { return skipDamaged() }
        let text = data.readableBytesView
        guard let first = text.first(where: { $0 != 0x20 && $0 != 0x09 }) else { return }
        // What is no object is nobody's answer: keep-alives in the wrong place.
        guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return }
        guard let payloads = Self.payloads(data) else { return skipDamaged() }
        for payload in payloads where !isOver {
            switch payload {
            case .chunk(let chunk): take(chunk, &progress)
            case .done: isDone = true
            }
        }
    }

    private enum Payload {
        case chunk(JSONValue)
        case done
    }

    /// What one event holds: one payload, or one per line where a server forgot the blank lines.
    private static func payloads(_ data: ByteBuffer) -> [Payload]? {
        let limits = JSONLimits(size: data.readableBytes, depth: 64)
        if let chunk = try? JSONParser.parse(data, limits: limits) { return [.chunk(chunk)] }
        var payloads: [Payload] = []
        for line in String(buffer: data).split(separator: "\n") {
            if line.filter({ !$0.isWhitespace }) == "[DONE]" {
                payloads.append(.done)
            } else if let chunk = try? JSONParser.parse(line, limits: limits), chunk.object != nil {
                payloads.append(.chunk(chunk))
            } else {
                return nil
            }
        }
        return payloads
    }

    private mutating func skipDamaged() {
        damagedEvents += 1
        // What comes after the end of the message can have been none of its pieces.
        if !message.isComplete { isPoisoned = true }
    }

    private mutating func take(_ chunk: JSONValue, _ progress: inout AnswerProgress) {
        let chunk = chunk.array?.first ?? chunk
        guard let object = chunk.object else { return }
        if let error = ProviderErrorBody(chunk) {
            failure = ProviderError(error, now: now)
            return
        }
        do {
            if try message.take(object, now: now, text: &progress.text) { progress.heard = true }
        } catch {
            failure = error
        }
    }
}
