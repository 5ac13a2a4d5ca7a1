import Foundation
import Fuzzing
import JSON
import NIOCore
import ProviderKit
import Testing

/// Answers that are expensive to decode.
@Suite(.serialized) struct HostileStreamTests {
    @Test("A hostile answer costs as much for each byte when it is four times as long", arguments: HostileStream.all)
    func isLinear(_ stream: HostileStream) {
        let short = StreamReading(stream, size: 100_000)
        let long = StreamReading(stream, size: 400_000)
        // An answer that is refused early takes too little time to be compared.
        guard long.seconds > 0.02, short.bytes < long.bytes else { return }
        #expect(long.secondsPerByte < 3 * short.secondsPerByte)
    }

    @Test(
        "No byte of a hostile answer costs over twenty times as much as one of a plain answer",
        arguments: HostileStream.all)
    func isComparable(_ stream: HostileStream) {
        let plain = StreamReading(.plain, size: 100_000)
        #expect(StreamReading(stream, size: 100_000).secondsPerByte < 20 * plain.secondsPerByte)
    }

    @Test(
        "What is kept of thoughts is bounded in number and bytes",
        arguments: ["empty thoughts", "Anthropic: empty thoughts"])
    func boundsThoughts(_ name: String) throws {
        let stream = try #require(HostileStream.all.first { $0.description == name })
        let reading = StreamReading(stream, size: 400_000)
        #expect(reading.error?.kind == .misbehaved)
        #expect(reading.bytes < 200_000)
        let text = try #require(HostileStream.all.first { $0.description == "thoughts as one text" })
        #expect(StreamReading(text, size: 8_000_000).error?.detail.contains("bytes of reasoning_details") == true)
    }

    @Test("White space without an end is refused before it fills memory")
    func boundsWhiteSpace() throws {
        let stream = try #require(HostileStream.all.first { $0.description == "white space before the answer" })
        let reading = StreamReading(stream, size: 1_000_000)
        #expect(reading.error?.kind == .misbehaved)
        #expect(reading.bytes < 100_000)
    }

    @Test("A document is not kept beyond what is parsed at once")
    func boundsDocuments() throws {
        let stream = try #require(HostileStream.all.first { $0.description == "a document that does not end" })
        let reading = StreamReading(stream, size: 1_000_000)
        #expect(reading.error?.kind == .misbehaved)
        #expect(reading.bytes <= AnswerFraming.standardPieceLimit + 16_384)
    }
}
