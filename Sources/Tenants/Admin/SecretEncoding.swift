package import Secrets

/// How an imported secret is written down: issuers differ in what they call "the secret".
package enum SecretEncoding: String, Sendable, CaseIterable {
    /// The characters are the key, as in Better Auth.
    case utf8
    /// Base64 with either alphabet, padded or not.
    case base64
    case hex

    /// The key in a text that may end with a newline; nil when the text is not in this encoding.
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
