import NIOCore
import ProviderKit

/// The result of a decoder for an answer that arrives in pieces.
struct AnswerReading {
    private(set) var text = ""
    private(set) var phase = AnswerProgress.Phase.writing
    private(set) var completion: ChatCompletion?
    private(set) var error: ProviderError?

    var calls: [ToolCall] { self.completion?.message.toolCalls ?? [] }

    init(_ pieces: [some Sequence<UInt8>], by decoder: some AnswerDecoder) {
        var decoder = decoder
        for piece in pieces {
            let progress = decoder.receive(ByteBuffer(bytes: piece))
            self.text += progress.text
            self.phase = progress.phase
            if self.phase == .over { break }
        }
        do throws(ProviderError) {
            let answer = try decoder.end()
            self.text += answer.heldText
            self.completion = answer.completion
        } catch {
            self.error = error
        }
    }
}
