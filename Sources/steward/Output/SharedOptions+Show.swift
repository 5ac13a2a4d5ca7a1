import Administration
import Foundation
import JSON
import Text

extension SharedOptions {
    /// Prints a result: as JSON, or as the text for people.
    ///
    /// - Throws: `CommandError` when it cannot be written, for example on a full disk.
    func show(_ value: JSONValue, people: String) throws(CommandError) {
        // Escaped, because texts of users can contain control sequences for the terminal. The JSON value stays the
        // same.
        let text = json ? value.text.escapingUnprintable() + "\n" : people
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
        } catch {
            throw CommandError(
                "the result cannot be written to standard output: \(error.localizedDescription)",
                advice: "The command itself has completed.")
        }
    }
}

/// Output that is not a result: hints, questions, progress and logs.
enum StandardError {
    // Ignores errors: on a full disk the other `write` would end the process.
    @Sendable static func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }
}
