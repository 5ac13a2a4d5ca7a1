import Offline
import ProviderKit

/// Invariants of the offline adapter for any message, including the work that it takes.
///
/// Bytes of 0x1D separate an input into messages of a conversation. The last one is the current turn: each of its calls
/// is answered with a hundred tasks that have its text as their titles.
package enum OfflineFuzz {
    /// The maximum number of steps per byte, and in addition for any message.
    private static let stepsPerByte = 4_000
    private static let leastSteps = 40_000
    /// The limit, and the look-ups of one message, which are counted together before any of them is made.
    private static let bound = Work.limit + 75_000

    /// - Returns: The violations found.
    package static func check(_ input: [UInt8]) -> [String] {
        let messages = input.split(separator: 0x1D, omittingEmptySubsequences: false)
            .suffix(40).map { String(decoding: $0, as: UTF8.self) }
        guard let last = messages.last else { return [] }
        var history: [ChatMessage] = []
        for message in messages.dropLast() {
            history.append(.user(message))
            history.append(.assistant(AssistantMessage(content: "Which one do you mean?")))
        }
        return lex(last) + plan(history + [.user(last)], last, bytes: input.count)
    }

    /// Checks that tokens are in order and have short keys.
    private static func lex(_ text: String) -> [String] {
        let work = Work()
        let lexer = Lexer(text, work)
        var findings: [String] = []
        // A combining mark can become three bytes of its own.
        if work.steps > 3 * text.utf8.count + 1 {
            findings.append("\(work.steps) steps to read \(text.utf8.count) bytes")
        }
        var end = lexer.text.startIndex
        for token in lexer.tokens {
            if token.range.lowerBound < end { findings.append("tokens that overlap") }
            if token.range.upperBound > lexer.text.endIndex { findings.append("a token behind the end") }
            if token.key.utf8.count > 32 || token.key.utf8.contains(where: { $0 >= 0x80 }) {
                findings.append("a key of \(token.key.utf8.count) bytes")
            }
            end = token.range.upperBound
        }
        return findings
    }

    private static func plan(_ messages: [ChatMessage], _ text: String, bytes: Int) -> [String] {
        var messages = messages
        for round in 0..<8 {
            let (reading, acting) = (Work(), Work())
            let step = Planner.step(HostileConversation.request(messages), reading: reading, acting: acting)
            if reading.steps > bound { return ["\(reading.steps) steps to understand"] }
            if acting.steps > bound { return ["\(acting.steps) steps to act"] }
            if reading.steps > stepsPerByte * bytes + leastSteps {
                return ["\(reading.steps) steps for \(bytes) bytes"]
            }
            switch step {
            case .answer(let answer): return answer.isEmpty ? ["an empty answer"] : []
            case .call(let calls):
                if calls.isEmpty || calls.count > 16 { return ["\(calls.count) calls"] }
                if Set(calls.map(\.id)).count < calls.count { return ["calls with the same id"] }
                guard round < 7 else { return ["calls without end"] }
                let answered = HostileConversation.results(for: calls, of: text).messages.dropFirst()
                messages += answered
            }
        }
        return []
    }
}
