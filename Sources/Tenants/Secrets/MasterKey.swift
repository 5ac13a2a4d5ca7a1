package import Secrets

/// A key that seals the secrets of tenant files. A master key file has one per line, `<id> <base64url>`; the first one
/// seals.
package struct MasterKey: Sendable, Equatable {
    package let id: String
    let secret: Secret

    /// Returns a new key with a random id.
    package static func generate() throws(SecretsError) -> MasterKey {
        MasterKey(
            id: Hex.encode(try RandomBytes.generate(4)),
            secret: Secret(try RandomBytes.generate(SealedBox.keyLength)))
    }

    /// Parses a master key file; nil when a line is invalid or an id is repeated.
    package static func parse(_ text: Secret) -> [MasterKey]? {
        var keys: [MasterKey] = []
        for line in text.revealed().split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
            let parts = line.split(separator: " ")
            guard parts.count == 2, isID(parts[0]), let bytes = Base64URL.decode(parts[1]),
                bytes.count == SealedBox.keyLength, !keys.contains(where: { $0.id == parts[0] })
            else { return nil }
            keys.append(MasterKey(id: String(parts[0]), secret: Secret(bytes)))
        }
        return keys.isEmpty ? nil : keys
    }

    /// The key's line in a master key file.
    package var line: Secret { Secret(utf8: "\(id) \(Base64URL.encode(secret.revealedBytes()))\n") }

    static func isID(_ text: Substring) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    }
}
