import NIOHTTP1

/// The header fields of a provider's answer, for looking one up by name; they are never handed on as a whole.
package struct ProviderHeaders: Sendable {
    private let fields: HTTPHeaders

    init(_ fields: HTTPHeaders) { self.fields = fields }

    package init(_ fields: [(String, String)] = []) { self.fields = HTTPHeaders(fields) }

    /// The first field of that name, in any case.
    package subscript(name: String) -> String? { fields.first(name: name) }
}
