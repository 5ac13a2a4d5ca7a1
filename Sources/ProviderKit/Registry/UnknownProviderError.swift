/// The error for a tenant that names an unknown provider.
package struct UnknownProviderError: Error, Hashable, Sendable, CustomStringConvertible {
    package let id: String
    package let known: [String]

    package init(id: String, known: [String]) {
        self.id = id
        self.known = known
    }

    package var description: String {
        "there is no provider \"\(id)\"; known are \(known.joined(separator: ", "))"
    }
}
