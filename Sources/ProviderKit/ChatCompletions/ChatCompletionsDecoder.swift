package import Foundation
import JSON
package import NIOCore

/// A decoder of answers of OpenAI-compatible servers, streamed or not: from bytes to text and, at the end, a
/// completion.
package struct ChatCompletionsDecoder: AnswerDecoder {
    /// Limits on the size of an answer.
    package struct Limits: Sendable {
        package var event: Int
        package var text: Int
        package var total: Int
        package var calls: ToolCallAssembler.Limits

        package init(
            event: Int = AnswerFraming.standardPieceLimit, text: Int = 1 << 20, total: Int = 16 << 20,
            calls: ToolCallAssembler.Limits = ToolCallAssembler.Limits()
        ) {
            self.event = event
            self.text = text
            self.total = total
            self.calls = calls
        }
    }

    private let now: Date
    private let rescuesCalls: Bool
    private var framing: AnswerFraming
    private var message: ChatCompletionsMessage
    private var isDone = false
    private var failure: ProviderError?

    /// Creates a decoder.
    ///
    /// - Parameters:
    ///   - model: The requested model, for answers that do not name one.
    ///   - tools: The names of the offered tools.
    ///   - now: The time with which dates in errors are compared.
    package init(
        model: String, dialect: ChatCompletionsDialect, tools: [String], now: Date, limits: Limits = Limits(),
        makeID: @escaping @Sendable () -> String = ToolCallAssembler.randomID
    ) {
        self.now = now
        rescuesCalls = dialect.rescuesTextCalls
        framing = AnswerFraming(pieceLimit: limits.event, totalLimit: limits.total)
        message = ChatCompletionsMessage(model: model, dialect: dialect, tools: tools, limits: limits, makeID: makeID)
    }

    package mutating func receive(_ bytes: ByteBuffer) -> AnswerProgress {
        var progress = AnswerProgress()
        guard !isOver else { return finishing(&progress) }
        do {
            for event in try framing.receive(bytes) where !isOver { take(event, &progress) }
            if framing.isDocument { progress.heard = true }
        } catch {
            failure = error
        }
        return finishing(&progress)
    }

    package mutating func end() throws(ProviderError) -> DecodedAnswer {
        var isWhole = isDone
        if !isOver {
            var progress = AnswerProgress()
            switch try framing.end() {
            case .event(let event): if let event { take(event, &progress) }
            case .document(let json):
                let chunks = json.array ?? [json]
                guard chunks.count <= Self.mostChunks else {
                    throw ProviderError(.misbehaved, "a document of more than \(Self.mostChunks) chunks")
                }
                for chunk in chunks { take(chunk, &progress) }
                isWhole = true
            }
            message.hold(progress.text)
            isWhole = isWhole || isDone
        }
        if let failure { throw failure }
        guard message.hasChoice || !framing.isDocument else {
            throw ProviderError(.misbehaved, "the answer contains no message")
        }
        return try message.finish(isDone: isWhole)
    }

    package func refusal(
        status: Int, headers: ProviderHeaders, body: ByteBuffer
    ) throws(ProviderError) -> DecodedAnswer {
        var message = message
        guard rescuesCalls, let json = try? JSONParser.parse(body), let error = ProviderErrorBody(json),
            message.rescue(error)
        else { throw ProviderError(status: status, headers: headers, body: body, now: now) }
        return try message.finish(isDone: true)
    }

    private var isOver: Bool { isDone || failure != nil || message.isCut }

    private func finishing(_ progress: inout AnswerProgress) -> AnswerProgress {
        progress.hasBegun = message.hasBegun
        progress.phase = isOver ? .over : message.isComplete ? .complete : .writing
        return progress
    }

    private mutating func take(_ event: SSEParser.Event, _ progress: inout AnswerProgress) {
        let data: ByteBuffer
        switch event {
        case .data(let bytes): data = bytes
        case .failure(let bytes): return take(failure: bytes, &progress)
        case .oversized: return message.skipDamaged()
        }
        guard data.beginsJSON else { return }
        let limits = JSONLimits.answer(size: data.readableBytes)
        switch try? JSONParser.parse(data, limits: limits) {
        case .array(let chunks)? where chunks.count > Self.mostPayloads: return message.skipDamaged()
        case .array(let chunks)?: for chunk in chunks where !isOver { take(chunk, &progress) }
        case let chunk?: take(chunk, &progress)
        case nil: take(lines: data, limits, &progress)
        }
    }

    /// Reads an event that contains one payload per line, because a server omitted the blank lines in between.
    private mutating func take(lines data: ByteBuffer, _ limits: JSONLimits, _ progress: inout AnswerProgress) {
        guard let payloads = Self.payloads(data, limits) else { return message.skipDamaged() }
        for payload in payloads where !isOver {
            switch payload {
            case .chunk(let chunk): take(chunk, &progress)
            case .done: isDone = true
            }
        }
    }

    private mutating func take(failure data: ByteBuffer, _ progress: inout AnswerProgress) {
        let json = try? JSONParser.parse(data, limits: .answer(size: data.readableBytes))
        if let json, ProviderErrorBody(json) != nil {
            take(json.array?.first ?? json, &progress)
        } else {
            failure = ProviderError(event: data, now: now)
        }
    }

    /// The maximum number of chunks in a document that is a list of them.
    private static let mostChunks = 4096
    /// The maximum number of payloads in an event, which should contain one.
    private static let mostPayloads = 64

    private enum Payload {
        case chunk(JSONValue)
        case done
    }

    private static func payloads(_ data: ByteBuffer, _ limits: JSONLimits) -> [Payload]? {
        var payloads: [Payload] = []
        for line in data.readableBytesView.split(separator: UInt8(ascii: "\n")) {
            guard payloads.count < mostPayloads else { return nil }
            if line.lazy.filter({ $0 > 0x20 }).elementsEqual("[DONE]".utf8) {
                payloads.append(.done)
            } else if let chunk = try? JSONParser.parse(ByteBuffer(line), limits: limits), chunk.object != nil {
                payloads.append(.chunk(chunk))
            } else {
                return nil
            }
        }
        return payloads
    }

    private mutating func take(_ chunk: JSONValue, _ progress: inout AnswerProgress) {
        guard failure == nil, let object = chunk.object, !object.isEmpty else { return }
        if let error = ProviderErrorBody(chunk) {
            if rescuesCalls, message.rescue(error) {
                isDone = true
            } else {
                failure = ProviderError(error, now: now)
            }
            return
        }
        do {
            if try message.take(object, now: now, text: &progress.text) { progress.heard = true }
        } catch {
            failure = error
        }
    }
}
