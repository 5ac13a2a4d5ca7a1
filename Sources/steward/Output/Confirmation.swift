import Administration
import Foundation

/// A confirmation before an action that cannot be undone.
enum Confirmation {
    /// Asks for `answer` to be typed.
    ///
    /// - Throws: `CommandError` for any other answer, and when there is no terminal.
    static func ask(_ warning: String, for answer: String, named name: String) throws {
        guard isatty(STDIN_FILENO) == 1 else {
            throw CommandError("confirmation is required", advice: "Add --yes to confirm without a terminal.")
        }
        StandardError.write("\(warning)\nType \(name) (\(answer)) to continue: ")
        guard readLine() == answer else { throw CommandError("the answer is not \(answer): nothing was changed") }
    }
}
