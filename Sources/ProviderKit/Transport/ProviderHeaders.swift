import NIOHTTP1

/// The header fields of a provider's answer, which can only be looked up by name.
package struct ProviderHeaders: Sendable {
    private let fields: HTTPHeaders

    init(_ fields: HTTPHeaders) { self.fields = fields }

    package init(_ fields: [(String, String)] = []) { self.fields = HTTPHeaders(fields) }

    /// The first field with that name, ignoring case.
    package subscript(name: String) -> String? { fields.first(name: name) }
}
