import Text

/// The failure of a command, with advice. ArgumentParser prints it to standard error and exits with 1.
package struct CommandError: Error, CustomStringConvertible {
    package let message: String
    package let advice: String?
    /// Whether the server refused this one request and can take further ones.
    package let isAboutOne: Bool

    package init(_ message: String, advice: String? = nil, isAboutOne: Bool = false) {
        self.message = message
        self.advice = advice
        self.isAboutOne = isAboutOne
    }

    /// The message and the advice. Each line is made printable.
    package var description: String {
        (advice.map { "\(message)\n       \($0)" } ?? message).split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.printable(limit: 2000) }.joined(separator: "\n")
    }
}
