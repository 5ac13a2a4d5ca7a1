internal import Foundation
internal import NIOCore
internal import ProviderKit
internal import Synchronization

/// What must hold of the reading of any bytes at all that a server of chat completions may send.
package struct DecoderCheck {
    /// What was read, however it was cut.
    private struct Reading: Equatable {
        var text = ""
        var completion: ChatCompletion?
        var error: ProviderError?
    }

    /// Why the reading of these bytes is wrong; nil when all is well. The bytes themselves say where they are cut.
    package static func failure(of bytes: [UInt8]) -> String? {
        let seed = bytes.reduce(UInt8(0)) { ($0 &* 31) ^ $1 }
        let dialect = ChatCompletionsDialect(
            messageEcho: ["reasoning_details"], usagePaths: [["usage"], ["x_groq", "usage"]],
            rescuesTextCalls: seed & 1 == 1)
        let whole = read([bytes[...]], dialect)
        let step = Int(seed >> 1) % 61 + 1
        let pieces = stride(from: 0, to: bytes.count, by: step).map { bytes[$0..<min($0 + step, bytes.count)] }
        let cut = read(pieces, dialect)
        if cut.completion != whole.completion || cut.error?.kind != whole.error?.kind {
            return "cut in pieces of \(step) bytes it reads differently"
        }
        guard let completion = whole.completion else { return nil }
        if cut.text != whole.text { return "cut in pieces of \(step) bytes its text differs" }
        let calls = completion.message.toolCalls
        if whole.text != completion.message.content { return "the text that was told is not the message's" }
        if Set(calls.map(\.id)).count < calls.count || calls.contains(where: { $0.id.isEmpty || $0.name.isEmpty }) {
            return "calls without a name, or without an id of their own"
        }
        if (completion.finish == .toolCalls) == calls.isEmpty { return "calls that do not fit the finish_reason" }
        if completion.message.content.isEmpty, calls.isEmpty, completion.finish == .stop { return "an empty answer" }
        return nil
    }

    private static func read(_ pieces: [ArraySlice<UInt8>], _ dialect: ChatCompletionsDialect) -> Reading {
        let ids = Mutex(0)
        var decoder = ChatCompletionsDecoder(
            model: "m", dialect: dialect, now: Date(timeIntervalSince1970: 1_743_292_000),
            limits: ChatCompletionsDecoder.Limits(event: 4096, text: 8192, total: 1 << 16),
            makeID: {
                ids.withLock { id in
                    id += 1
                    return "made_\(id)"
                }
            })
        var reading = Reading()
        for piece in pieces {
            let progress = decoder.receive(ByteBuffer(bytes: piece))
            reading.text += progress.text
            if progress.phase == .over { break }
        }
        do throws(ProviderError) {
            let answer = try decoder.end()
            reading.text += answer.heldText
            reading.completion = answer.completion
        } catch {
            reading.error = error
        }
        return reading
    }
}
