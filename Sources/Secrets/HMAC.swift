internal import COpenSSL

/// Keyed hashes (RFC 2104) computed by OpenSSL.
package enum HMAC {
    /// Returns the authentication code of `message` under `key`.
    package static func code(
        for message: UnsafeRawBufferPointer, key: Secret, algorithm: HashAlgorithm
    ) throws(SecretsError) -> [UInt8] {
        let pool = MACContextPool.of(algorithm)
        let context = try pool.take()
        defer { pool.giveBack(context) }
        let keyed = key.withUnsafeBytes { bytes in
            EVP_MAC_init(context.pointer, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count, nil)
        }
        guard keyed == 1 else { throw .openSSL("EVP_MAC_init") }
        let bytes = message.baseAddress?.assumingMemoryBound(to: UInt8.self)
        guard EVP_MAC_update(context.pointer, bytes, message.count) == 1 else { throw .openSSL("EVP_MAC_update") }
        let code = [UInt8](unsafeUninitializedCapacity: algorithm.byteCount) { buffer, count in
            // `count` stays 0 when it fails.
            EVP_MAC_final(context.pointer, buffer.baseAddress, &count, buffer.count)
        }
        guard code.count == algorithm.byteCount else { throw .openSSL("EVP_MAC_final") }
        return code
    }

    /// Returns the authentication code of `message` under `key`.
    package static func code(
        for message: [UInt8], key: Secret, algorithm: HashAlgorithm
    ) throws(SecretsError) -> [UInt8] {
        try message.withUnsafeBufferPointer { bytes throws(SecretsError) in
            try code(for: UnsafeRawBufferPointer(bytes), key: key, algorithm: algorithm)
        }
    }
}
