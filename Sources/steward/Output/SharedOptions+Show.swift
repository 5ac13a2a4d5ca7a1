import Foundation
import JSON
import Text

extension SharedOptions {
    /// Prints a result: as JSON for scripts, or as `people` have it.
    /// - Throws: `CommandError` where nobody can read it, such as on a full disk.
    func show(_ value: JSONValue, people: String) throws(CommandError) {
        // Escaped, as texts of others may hold what a terminal obeys: in JSON that is the same text.
        let text = json ? value.text.escapingUnprintable() + "\n" : people
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
        } catch {
            throw CommandError(
                "the result cannot be written to standard output: \(error.localizedDescription)",
                advice: "What the command was to do is done.")
        }
    }
}

/// Hints, questions, progress and the log: all output that is no result.
enum StandardError {
    // What cannot be written, as on a full disk, must not end the server: the other `write` would.
    @Sendable static func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }
}
