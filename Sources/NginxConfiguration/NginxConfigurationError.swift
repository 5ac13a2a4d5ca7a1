/// An error of a value that cannot be used in an nginx configuration.
package struct NginxConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The name of the value, as on the command line.
    package let field: String
    package let message: String

    init(_ field: String, _ message: String) {
        self.field = field
        self.message = message
    }

    package var description: String { "\(field) \(message)" }
}
