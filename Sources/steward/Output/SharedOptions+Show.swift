import Foundation
import JSON

extension SharedOptions {
    /// Prints a result: as JSON for scripts, or as `people` have it.
    /// - Throws: `CommandError` where nobody can read it, such as on a full disk.
    func show(_ value: JSONValue, people: String) throws(CommandError) {
        let text = json ? value.text + "\n" : people
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
        } catch {
            throw CommandError(
                "the result cannot be written to standard output: \(error.localizedDescription)",
                advice: "What the command was to do is done.")
        }
    }
}

/// What is no result: hints, questions and progress.
enum StandardError {
    static func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }
}
