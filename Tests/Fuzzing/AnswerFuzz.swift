import Anthropic
import Foundation
import ProviderKit
import Synchronization

/// Invariants of the decoders for any bytes that a provider may send.
///
/// An input is an answer; the places where it is cut and damaged follow from its bytes.
package enum AnswerFuzz {
    private static let now = Date(timeIntervalSince1970: 1_743_292_000)

    /// - Returns: The violations found in the decoding of chat completions.
    package static func checkChatCompletions(_ input: [UInt8]) -> [String] {
        var random = Self.random(for: input)
        let dialect = ChatCompletionsDialect(
            messageEcho: ["reasoning_details"], usagePaths: [["usage"], ["x_groq", "usage"]],
            rescuesTextCalls: Bool.random(using: &random))
        // Small enough for short inputs to reach every limit.
        let limits = ChatCompletionsDecoder.Limits(event: 4096, text: 8192, total: 1 << 16)
        return Self.check(input, &random) {
            ChatCompletionsDecoder(
                model: "m", dialect: dialect, tools: ["add_task", "list_tasks"], now: Self.now, limits: limits,
                makeID: Self.countingIDs())
        }
    }

    /// - Returns: The violations found in the decoding of Anthropic's messages.
    package static func checkMessages(_ input: [UInt8]) -> [String] {
        var random = Self.random(for: input)
        return Self.check(input, &random) {
            MessagesDecoder(model: "m", now: Self.now, makeID: Self.countingIDs())
        }
    }

    private static func check(
        _ input: [UInt8], _ random: inout SplitMix64, _ decoder: () -> some AnswerDecoder
    ) -> [String] {
        let start = ThreadCPU.now
        let whole = AnswerReading([input], by: decoder())
        let work = Self.checkWork(input.count, ThreadCPU.now - start)
        return work + Self.checkCompletion(whole)
            + Self.compare(whole, AnswerReading(Self.cut(input, &random), by: decoder()))
            + Self.checkDamage(input, &random, whole, decoder)
    }

    /// Checks the CPU time: far more than decoding needs, even with a fuzzer's instrumentation, and far less than
    /// quadratic time.
    private static func checkWork(_ bytes: Int, _ seconds: Double) -> [String] {
        seconds <= 0.05 + Double(bytes) * 20e-6 ? [] : ["\(bytes) bytes took \(seconds) s"]
    }

    private static func checkCompletion(_ reading: AnswerReading) -> [String] {
        guard let completion = reading.completion else { return [] }
        var findings: [String] = []
        let calls = completion.message.toolCalls
        if reading.text != completion.message.content { findings.append("told \(reading.text.debugDescription)") }
        if Set(calls.map(\.id)).count < calls.count { findings.append("two calls with one id") }
        if calls.contains(where: { $0.id.isEmpty || $0.name.isEmpty }) { findings.append("a call without id or name") }
        if (completion.finish == .toolCalls) == calls.isEmpty {
            findings.append("\(calls.count) calls that end with \(completion.finish)")
        }
        if completion.message.content.isEmpty, completion.finish == .stop { findings.append("an empty answer") }
        return findings
    }

    private static func compare(_ whole: AnswerReading, _ cut: AnswerReading) -> [String] {
        var findings: [String] = []
        if cut.completion != whole.completion { findings.append("another completion when cut") }
        if cut.error?.kind != whole.error?.kind { findings.append("another error when cut") }
        if whole.completion != nil, cut.text != whole.text { findings.append("another text when cut") }
        return findings
    }

    /// Checks damaged events, which may have contained a part of a call: before the end of the message no call
    /// survives, after it none changes.
    private static func checkDamage(
        _ input: [UInt8], _ random: inout SplitMix64, _ whole: AnswerReading, _ decoder: () -> some AnswerDecoder
    ) -> [String] {
        let blankLine = Array("\n\n".utf8)
        var place = Int.random(in: 0...input.count, using: &random)
        let boundary = input[place...].firstRange(of: blankLine)?.upperBound
        if let boundary, Bool.random(using: &random) { place = boundary }
        let start = Array(input[..<place])

        let before = AnswerReading([start + blankLine], by: decoder())
        let damaged = AnswerReading([start, Array("\n\ndata: {\n\n".utf8), Array(input[place...])], by: decoder())
        if Self.isDocument(start) {
            // Without events, the end of the document is that of the message, and damage leaves nothing of it.
            return damaged.completion == nil ? [] : ["an answer out of a damaged document"]
        }
        if before.phase == .writing, !before.calls.isEmpty { return ["calls of a message without an end"] }
        if before.phase == .writing, !damaged.calls.isEmpty { return ["calls of a message with damage in it"] }
        if place == boundary, !damaged.calls.isEmpty, damaged.calls != whole.calls {
            return ["other calls for damage after the end"]
        }
        return []
    }

    private static func isDocument(_ bytes: [UInt8]) -> Bool {
        let first = bytes.first { ![0xEF, 0xBB, 0xBF, 0x20, 0x09, 0x0A, 0x0D].contains($0) }
        return first.map { "{[<".utf8.contains($0) } ?? false
    }

    private static func cut(_ input: [UInt8], _ random: inout SplitMix64) -> [ArraySlice<UInt8>] {
        let longest = [3, 64, 512].randomElement(using: &random) ?? 1
        var pieces: [ArraySlice<UInt8>] = []
        var rest = input[...]
        while !rest.isEmpty {
            let length = Int.random(in: 1...longest, using: &random)
            pieces.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return pieces
    }

    private static func random(for input: [UInt8]) -> SplitMix64 {
        SplitMix64(seed: input.reduce(5_381) { ($0 &* 33) ^ UInt64($1) })
    }

    private static func countingIDs() -> @Sendable () -> String {
        let count = Mutex(0)
        return {
            count.withLock { count in
                count += 1
                return "made_\(count)"
            }
        }
    }
}
