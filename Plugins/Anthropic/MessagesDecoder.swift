package import Foundation
import JSON
package import NIOCore
package import ProviderKit

/// A decoder of answers of the Messages API, streamed or not.
package struct MessagesDecoder: AnswerDecoder {
    /// The member of a message's `opaque` that contains its thinking blocks.
    static let thoughts = "thinking_blocks"

    private let now: Date
    private var framing = AnswerFraming()
    private var message: MessagesAnswer
    private var isOver = false
    private var failure: ProviderError?

    package init(
        model: String, now: Date, makeID: @escaping @Sendable () -> String = ToolCallAssembler.randomID
    ) {
        self.now = now
        message = MessagesAnswer(model: model, makeID: makeID)
    }

    package mutating func receive(_ bytes: ByteBuffer) -> AnswerProgress {
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

    package mutating func end() throws(ProviderError) -> DecodedAnswer {
        var rest = AnswerProgress()
        if !isOver {
            switch try framing.end() {
            case .event(let event): if let event { take(event, &rest) }
            case .document(let json): take(document: json, &rest)
            }
        }
        if let failure { throw failure }
        var answer = try message.finish()
        answer.heldText = rest.text + answer.heldText
        return answer
    }

    package func refusal(
        status: Int, headers: ProviderHeaders, body: ByteBuffer
    ) throws(ProviderError) -> DecodedAnswer {
        throw ProviderError(status: status, headers: headers, body: body, now: now)
    }

    private mutating func fail(_ error: ProviderError) {
        failure = error
        isOver = true
    }

    private mutating func take(_ event: SSEParser.Event, _ progress: inout AnswerProgress) {
        let data: ByteBuffer
        switch event {
        case .data(let bytes): data = bytes
        case .failure(let bytes): return fail(ProviderError(event: bytes, now: now))
        case .oversized: return message.skipDamaged()
        }
        guard data.beginsJSON else { return }
        guard let payload = try? JSONParser.parse(data, limits: .answer(size: data.readableBytes)).object else {
            return message.skipDamaged()
        }
        if let error = ProviderError.reported(in: .object(payload), now: now) { return fail(error) }
        do {
            if try message.take(payload, text: &progress.text) { progress.heard = true }
            if message.hasStopped || message.isCut { isOver = true }
        } catch {
            fail(error)
        }
    }

    /// Reads an answer that was not streamed, or an error with status 200.
    private mutating func take(document: JSONValue, _ progress: inout AnswerProgress) {
        if let error = ProviderError.reported(in: document, now: now) { return fail(error) }
        do throws(ProviderError) {
            guard let object = document.object, object["content"]?.array != nil else {
                throw ProviderError(.misbehaved, "the answer contains no message")
            }
            try message.take(whole: object, text: &progress.text)
            isOver = true
        } catch {
            fail(error)
        }
    }
}
