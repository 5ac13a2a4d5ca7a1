/// An error of one member of a JSON object from a client: the path of the member and a sentence for the client.
package struct FieldError: Error, Hashable, Sendable {
    package let field: String
    package let message: String

    package init(_ field: String, _ message: String) {
        self.field = field
        self.message = message
    }
}

/// All errors of one object, found in one pass.
package struct FieldErrors: Error, Hashable, Sendable, CustomStringConvertible {
    package let errors: [FieldError]

    package init(_ errors: [FieldError]) { self.errors = errors }

    package var description: String { errors.map { "\($0.field): \($0.message)" }.joined(separator: "; ") }
}
