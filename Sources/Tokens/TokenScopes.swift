/// The permissions of a token.
package struct TokenScopes: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let chat = TokenScopes(rawValue: 1)
    package static let tasksRead = TokenScopes(rawValue: 2)
    package static let tasksWrite = TokenScopes(rawValue: 4)
    /// The permissions of a token without a `scope` claim.
    package static let all: TokenScopes = [.chat, .tasksRead, .tasksWrite]

    private static let named: [(name: String, bytes: [UInt8], scope: TokenScopes)] = [
        ("chat", .chat), ("tasks:read", .tasksRead), ("tasks:write", .tasksWrite),
    ].map { ($0, Array($0.utf8), $1) }

    /// The names of all scopes, for messages.
    package static var names: [String] { named.map(\.name) }

    /// Parses a `scope` claim (RFC 8693, section 4.2): names separated by spaces. Unknown names grant nothing.
    package init(claim: String) {
        self = []
        for name in Array(claim.utf8).split(separator: UInt8(ascii: " ")) {
            if let scope = Self.scope(named: name) { insert(scope) }
        }
    }

    /// Parses names separated by spaces or commas, as typed by a person; nil when one is unknown.
    package init?(list: String) {
        var scopes: TokenScopes = []
        for name in Array(list.utf8).split(whereSeparator: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ",") }) {
            guard let scope = Self.scope(named: name) else { return nil }
            scopes.insert(scope)
        }
        self = scopes
    }

    /// The `scope` claim.
    package var claim: String { Self.named.filter { contains($0.scope) }.map(\.name).joined(separator: " ") }

    private static func scope(named name: ArraySlice<UInt8>) -> TokenScopes? {
        named.first { $0.bytes[...] == name }?.scope
    }
}
