internal import COpenSSL

/// A text encrypted with AES-256-GCM and bound to a place: nonce, ciphertext and tag.
package struct SealedBox: Sendable, Hashable {
    package static let keyLength = 32
    private static let nonceLength = 12
    private static let tagLength = 16

    private let nonce: [UInt8]
    private let ciphertext: [UInt8]
    private let tag: [UInt8]

    /// The nonce, ciphertext and tag, concatenated.
    package var combined: [UInt8] { nonce + ciphertext + tag }

    /// Returns nil when the bytes are too few for a nonce and a tag.
    package init?(combined: [UInt8]) {
        guard combined.count >= Self.nonceLength + Self.tagLength else { return nil }
        nonce = Array(combined.prefix(Self.nonceLength))
        ciphertext = Array(combined.dropFirst(Self.nonceLength).dropLast(Self.tagLength))
        tag = Array(combined.suffix(Self.tagLength))
    }

    /// Encrypts a secret under a new random nonce, because reusing a nonce would reveal the key.
    ///
    /// `place` is authenticated: opening the box with another place fails.
    package init(sealing secret: Secret, key: Secret, place: [UInt8]) throws(SecretsError) {
        nonce = try RandomBytes.generate(Self.nonceLength)
        let cipher = try Cipher(key: key, nonce: nonce, direction: .seal)
        try cipher.authenticate(place)
        ciphertext = try cipher.update(secret.revealedBytes())
        guard cipher.finish() else { throw .openSSL("EVP_CipherFinal_ex") }
        tag = try cipher.tag(Self.tagLength)
    }

    /// Decrypts the secret. Throws when the key, the place or the box differ.
    package func open(key: Secret, place: [UInt8]) throws(SecretsError) -> Secret {
        let cipher = try Cipher(key: key, nonce: nonce, direction: .open)
        try cipher.authenticate(place)
        let text = try cipher.update(ciphertext)
        try cipher.expect(tag: tag)
        guard cipher.finish() else { throw .notAuthentic }
        return Secret(text)
    }
}

/// One operation of AES-256-GCM.
private final class Cipher {
    enum Direction: Int32 {
        case open = 0
        case seal = 1
    }

    private let context: OpaquePointer

    init(key: Secret, nonce: [UInt8], direction: Direction) throws(SecretsError) {
        guard key.count == SealedBox.keyLength else { throw .wrongKeyLength }
        guard let context = EVP_CIPHER_CTX_new() else { throw .openSSL("EVP_CIPHER_CTX_new") }
        self.context = context
        // The standard nonce length of GCM is 96 bits.
        let ready = key.withUnsafeBytes { key in
            EVP_CipherInit_ex(
                context, EVP_aes_256_gcm(), nil, key.baseAddress?.assumingMemoryBound(to: UInt8.self), nonce,
                direction.rawValue)
        }
        guard ready == 1 else { throw .openSSL("EVP_CipherInit_ex") }
    }

    deinit { EVP_CIPHER_CTX_free(context) }

    func authenticate(_ bytes: [UInt8]) throws(SecretsError) {
        var length: Int32 = 0
        guard let count = Int32(exactly: bytes.count), EVP_CipherUpdate(context, nil, &length, bytes, count) == 1
        else { throw .openSSL("EVP_CipherUpdate") }
    }

    func update(_ bytes: [UInt8]) throws(SecretsError) -> [UInt8] {
        // OpenSSL requires a pointer even for no bytes.
        guard !bytes.isEmpty else { return [] }
        var output = [UInt8](repeating: 0, count: bytes.count)
        var length: Int32 = 0
        guard let count = Int32(exactly: bytes.count),
            EVP_CipherUpdate(context, &output, &length, bytes, count) == 1,
            length == count
        else { throw .openSSL("EVP_CipherUpdate") }
        return output
    }

    func tag(_ count: Int) throws(SecretsError) -> [UInt8] {
        var tag = [UInt8](repeating: 0, count: count)
        guard EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(count), &tag) == 1 else {
            throw .openSSL("EVP_CIPHER_CTX_ctrl")
        }
        return tag
    }

    func expect(tag: [UInt8]) throws(SecretsError) {
        var tag = tag
        guard EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), &tag) == 1 else {
            throw .openSSL("EVP_CIPHER_CTX_ctrl")
        }
    }

    /// Returns false when the tag does not match.
    func finish() -> Bool {
        var rest: UInt8 = 0
        var length: Int32 = 0
        return EVP_CipherFinal_ex(context, &rest, &length) == 1
    }
}
