import FastCGI
import HTTPTypes

/// Invariants of a FastCGI connection for any input.
///
/// The first byte of an input determines the behaviour of the application and the end of the connection, the second one
/// the places where the bytes are cut; the rest is the peer's output.
package enum FastCGIFuzz {
    /// - Returns: The violations found.
    package static func check(_ input: [UInt8]) -> [String] {
        guard input.count >= 2 else { return [] }
        let behaviour = FastCGIBehaviour(input[0])
        let bytes = input[2...]
        let whole = FastCGIRun(bytes, cutBy: nil, behaviour)
        let cut = FastCGIRun(bytes, cutBy: input[1], behaviour)
        var findings = whole.findings + cut.findings + self.checkAnswers(whole, inputCount: bytes.count)
        if whole.steps != cut.steps { findings.append("other events when cut: \(whole.steps) and \(cut.steps)") }
        if whole.answers != cut.answers {
            findings.append("other answers when cut: \(whole.answers) and \(cut.answers)")
        }
        if whole.isClosed != cut.isClosed { findings.append("closed \(whole.isClosed), when cut \(cut.isClosed)") }
        return findings
    }

    /// Compares the records sent with the events passed to the application.
    private static func checkAnswers(_ run: FastCGIRun, inputCount: Int) -> [String] {
        var findings: [String] = []
        if run.outputCount > 1_024 + 16 * inputCount { findings.append("\(run.outputCount) bytes of output") }

        var begun = 0
        var complete = 0
        var cutOff = 0
        var isStreaming = false
        for answer in run.answers {
            switch answer.type {
            case 6 where answer.content.isEmpty:
                if !isStreaming { findings.append("the end of a STDOUT that did not begin") }
                isStreaming = false
            case 6:
                begun += 1
                isStreaming = true
                if answer.statusLines != 1 { findings.append("\(answer.statusLines) answers in one STDOUT") }
            case 3:
                guard answer.content.dropFirst(4).first == 0 else { continue }
                complete += 1
                if isStreaming { cutOff += 1 }
                isStreaming = false
            case 10, 11:
                if answer.id != 0 { findings.append("a management record with id \(answer.id)") }
            default:
                findings.append("a record of type \(answer.type)")
            }
        }
        let mayAnswer = run.steps.count { step in
            switch step {
            case .request, .refused, .protocolError: true
            case .body, .bodyEnd, .bodyFailed, .aborted: false
            }
        }
        let aborted = run.steps.count { $0 == .aborted }
        if begun > mayAnswer { findings.append("\(begun) answers to \(mayAnswer) requests") }
        if cutOff > aborted { findings.append("\(cutOff) answers without an end, \(aborted) requests aborted") }
        if complete > mayAnswer + aborted { findings.append("\(complete) ends of \(mayAnswer) requests") }
        return findings
    }
}
