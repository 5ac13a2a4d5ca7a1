/// A constant SQL text with the parameters $1, $2...: prepared once per connection under its name, or sent unnamed through
/// a pooler.
///
/// Only a text of the source is accepted, so no SQL can be made of a user's words.
package struct Statement: Sendable {
    /// The change of the transaction's state that a statement makes.
    enum Effect: Sendable, Hashable {
        case begin(isReadOnly: Bool)
        case commit
        case rollback
        /// A statement that only reads. A function with effects is not expected in a SELECT.
        case read
        /// Any other, which outside a transaction commits by itself.
        case change
    }

    package let name: String
    package let sql: StaticString
    let effect: Effect

    package init(_ name: StaticString, _ sql: StaticString) {
        self.name = name.description
        self.sql = sql
        effect = Self.effect(of: sql.description)
    }

    static func effect(of sql: String) -> Effect {
        let words = sql.uppercased().split { $0.isWhitespace || $0 == ";" || $0 == "," || $0 == "(" }
        switch words.first {
        case "BEGIN", "START":
            return .begin(isReadOnly: zip(words, words.dropFirst()).contains { $0 == ("READ", "ONLY") })
        case "COMMIT", "END": return .commit
        case "ROLLBACK", "ABORT": return words.contains("TO") ? .read : .rollback
        case "SELECT", "SHOW", "SET", "VALUES", "SAVEPOINT", "RELEASE": return .read
        default: return .change
        }
    }
}
