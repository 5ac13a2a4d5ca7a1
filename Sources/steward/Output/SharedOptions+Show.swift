import Foundation
import JSON

extension SharedOptions {
    /// Prints a result: as JSON for scripts, or as `people` have it.
    func show(_ value: JSONValue, people: String) {
        let text = json ? value.text + "\n" : people
        FileHandle.standardOutput.write(Data(text.utf8))
    }
}

/// What is no result: hints, questions and progress.
enum StandardError {
    static func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }
}
