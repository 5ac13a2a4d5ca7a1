internal import COpenSSL

/// SHA-256 computed by OpenSSL.
package enum SHA256 {
    package static func digest(_ message: [UInt8]) throws(SecretsError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        guard EVP_Digest(message, message.count, &digest, &length, EVP_sha256(), nil) == 1, length == 32 else {
            throw .openSSL("EVP_Digest")
        }
        return digest
    }
}
