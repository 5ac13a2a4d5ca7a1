/// What is wrong with one member of an object from outside: the member's path and a sentence for whoever sent it.
package struct FieldError: Error, Hashable, Sendable {
    package let field: String
    package let message: String

    package init(_ field: String, _ message: String) {
        self.field = field
        self.message = message
    }
}

/// All that is wrong with one object, found in one pass.
package struct FieldErrors: Error, Hashable, Sendable, CustomStringConvertible {
    package let errors: [FieldError]

    package init(_ errors: [FieldError]) { self.errors = errors }

    package var description: String { errors.map { "\($0.field): \($0.message)" }.joined(separator: "; ") }
}
