import Anthropic
import Foundation
import NIOCore
package import ProviderKit

/// The cost of decoding a hostile answer.
package struct StreamReading {
    /// The number of bytes decoded before the decoder stopped.
    package private(set) var bytes = 0
    package private(set) var seconds = 0.0
    package private(set) var error: ProviderError?

    /// Decodes `size` bytes of a stream in pieces of the size read from a socket.
    package init(_ stream: HostileStream, size: Int) {
        let pieces = Self.pieces(stream.bytes(size))
        let now = Date(timeIntervalSince1970: 1_743_292_000)
        switch stream.format {
        case .chatCompletions:
            let dialect = ChatCompletionsDialect(messageEcho: ["reasoning_details"], rescuesTextCalls: true)
            read(pieces, ChatCompletionsDecoder(model: "m", dialect: dialect, tools: ["add_task"], now: now))
        case .messages: read(pieces, MessagesDecoder(model: "m", now: now))
        }
    }

    /// The CPU time per byte, in seconds.
    package var secondsPerByte: Double { seconds / Double(max(bytes, 1)) }

    private mutating func read(_ pieces: [ByteBuffer], _ decoder: some AnswerDecoder) {
        var decoder = decoder
        let start = ThreadCPU.now
        for piece in pieces {
            bytes += piece.readableBytes
            if decoder.receive(piece).phase == .over { break }
        }
        do throws(ProviderError) {
            _ = try decoder.end()
        } catch {
            self.error = error
        }
        seconds = ThreadCPU.now - start
    }

    private static func pieces(_ bytes: [UInt8]) -> [ByteBuffer] {
        stride(from: 0, to: bytes.count, by: 16_384).map {
            ByteBuffer(bytes: bytes[$0..<min($0 + 16_384, bytes.count)])
        }
    }
}
