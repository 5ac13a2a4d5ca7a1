/// A value that cannot stand in an nginx configuration.
package struct NginxConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Which value it is, in the words of the command line.
    package let field: String
    package let message: String

    init(_ field: String, _ message: String) {
        self.field = field
        self.message = message
    }

    package var description: String { "\(field) \(message)" }
}
