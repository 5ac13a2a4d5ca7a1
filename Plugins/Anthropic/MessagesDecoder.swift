import Foundation
import JSON
import NIOCore
import ProviderKit

/// Reads an answer of the Messages API, streamed or not.
struct MessagesDecoder: AnswerDecoder {
    /// The member of a message's opaque part that holds its thoughts.
    static let thoughts = "thinking_blocks"

    private let now: Date
    private var framing = AnswerFraming()
    private var message: MessagesAnswer
    private var isOver = false
    private var failure: ProviderError?
    private var damagedEvents = 0
    /// Whether an event was lost before the message had ended: a piece of a call may have been in it.
    private var isPoisoned = false

    init(model: String, now: Date, makeID: @escaping @Sendable () -> String = ToolCallAssembler.randomID) {
        self.now = now
        message = MessagesAnswer(model: model, makeID: makeID)
    }

    mutating func receive(_ bytes: ByteBuffer) -> AnswerProgress {
        var progress = AnswerProgress()
        if !isOver {
            do {
                for event in try framing.receive(bytes) where !isOver { take(event, &progress) }
                if framing.isDocument { progress.heard = true }
            } catch {
                fail(error)
            }
        }
        progress.hasBegun = message.hasBegun
        progress.phase = isOver ? .over : message.isComplete ? .complete : .writing
        return progress
    }

    mutating func end() throws(ProviderError) -> DecodedAnswer {
        var rest = AnswerProgress()
        if !isOver {
            switch try framing.end() {
            case .event(let event): if let event { take(event, &rest) }
            case .document(let json): take(document: json, &rest)
            }
        }
        if let failure { throw failure }
        let completion = try message.finish(isPoisoned: isPoisoned)
        return DecodedAnswer(completion: completion, heldText: rest.text, damagedEvents: damagedEvents)
    }

    func refusal(status: Int, headers: ProviderHeaders, body: ByteBuffer) throws(ProviderError) -> DecodedAnswer {
        throw ProviderError(status: status, headers: headers, body: body, now: now)
    }

    private mutating func fail(_ error: ProviderError) {
        failure = error
        isOver = true
    }

    private mutating func take(_ event: SSEParser.Event, _ progress: inout AnswerProgress) {
        guard case .data(let data) = event else { return skipDamaged() }
        // What is no object is nobody's answer: keep-alives in the wrong place.
        guard let first = data.readableBytesView.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        else { return }
        let limits = JSONLimits(size: data.readableBytes, depth: 64)
        guard let payload = try? JSONParser.parse(data, limits: limits).object else { return skipDamaged() }
        if let error = ProviderError.reported(in: .object(payload), now: now) { return fail(error) }
        do {
            if try message.take(payload, text: &progress.text) { progress.heard = true }
            if message.hasStopped { isOver = true }
        } catch {
            fail(error)
        }
    }

    /// A server that did not stream, or an error under status 200.
    private mutating func take(document: JSONValue, _ progress: inout AnswerProgress) {
        if let error = ProviderError.reported(in: document, now: now) { return fail(error) }
        do throws(ProviderError) {
            guard let object = document.object, object["content"]?.array != nil else {
                throw ProviderError(.misbehaved, "the answer holds no message")
            }
            try message.take(whole: object, text: &progress.text)
            isOver = true
        } catch {
            fail(error)
        }
    }

    private mutating func skipDamaged() {
        damagedEvents += 1
        // What comes after the end of the message can have been none of its pieces.
        if !message.isComplete { isPoisoned = true }
    }
}
