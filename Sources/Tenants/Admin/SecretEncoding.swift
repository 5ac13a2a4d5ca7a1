package import Secrets

/// The encoding of an imported secret; issuers differ in which one they use.
package enum SecretEncoding: String, Sendable, CaseIterable {
    /// The characters are the bytes of the key, as in Better Auth.
    case utf8
    /// Base64 with either alphabet, with or without padding.
    case base64
    case hex

    /// Decodes a key from a text that may end with a newline; nil when the text has another encoding.
    package func decode(_ input: Secret) -> Secret? {
        var text = Substring(input.revealed())
        if text.last?.isNewline == true { text.removeLast() }
        switch self {
        case .utf8: return Secret(utf8: text)
        case .hex: return Hex.decode(text).map { Secret($0) }
        case .base64:
            let digits = text.replacing("+", with: "-").replacing("/", with: "_")
            let padding = digits.reversed().prefix { $0 == "=" }.count
            guard padding <= 2, padding == 0 || digits.count.isMultiple(of: 4) else { return nil }
            return Base64URL.decode(digits.dropLast(padding)).map { Secret($0) }
        }
    }
}
