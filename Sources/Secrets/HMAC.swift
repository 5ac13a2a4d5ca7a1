internal import COpenSSL

/// Keyed hashes (RFC 2104) by OpenSSL.
package enum HMAC {
    /// The code of `message` under `key`.
    package static func code(
        for message: UnsafeRawBufferPointer, key: Secret, algorithm: HashAlgorithm
    ) throws(SecretsError) -> [UInt8] {
        guard let context = EVP_MAC_CTX_dup(try Template.of(algorithm).context) else {
            throw .openSSL("EVP_MAC_CTX_dup")
        }
        defer { EVP_MAC_CTX_free(context) }
        let keyed = key.withUnsafeBytes { bytes in
            EVP_MAC_init(context, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count, nil)
        }
        guard keyed == 1 else { throw .openSSL("EVP_MAC_init") }
        guard EVP_MAC_update(context, message.baseAddress?.assumingMemoryBound(to: UInt8.self), message.count) == 1
        else { throw .openSSL("EVP_MAC_update") }
        var written = 0
        let code = [UInt8](unsafeUninitializedCapacity: algorithm.byteCount) { buffer, count in
            if EVP_MAC_final(context, buffer.baseAddress, &written, buffer.count) == 1 { count = written }
        }
        guard code.count == algorithm.byteCount else { throw .openSSL("EVP_MAC_final") }
        return code
    }

    /// The code of `message` under `key`.
    package static func code(
        for message: [UInt8], key: Secret, algorithm: HashAlgorithm
    ) throws(SecretsError) -> [UInt8] {
        try message.withUnsafeBufferPointer { bytes throws(SecretsError) in
            try code(for: UnsafeRawBufferPointer(bytes), key: key, algorithm: algorithm)
        }
    }

    /// A context that has its hash function and no key of worth: fetching both anew costs as much as the HMAC itself.
    ///
    /// Unchecked: after it was made it is only the source of `EVP_MAC_CTX_dup`, which reads.
    private struct Template: @unchecked Sendable {
        let context: OpaquePointer

        private static let sha256 = Result { () throws(SecretsError) in try Template(.sha256) }
        private static let sha384 = Result { () throws(SecretsError) in try Template(.sha384) }
        private static let sha512 = Result { () throws(SecretsError) in try Template(.sha512) }

        static func of(_ algorithm: HashAlgorithm) throws(SecretsError) -> Template {
            switch algorithm {
            case .sha256: try sha256.get()
            case .sha384: try sha384.get()
            case .sha512: try sha512.get()
            }
        }

        private init(_ algorithm: HashAlgorithm) throws(SecretsError) {
            guard let mac = EVP_MAC_fetch(nil, "HMAC", nil) else { throw .openSSL("EVP_MAC_fetch") }
            // The context holds a reference of its own.
            defer { EVP_MAC_free(mac) }
            guard let context = EVP_MAC_CTX_new(mac) else { throw .openSSL("EVP_MAC_CTX_new") }
            var name = Array(algorithm.rawValue.utf8CString)
            let ready = name.withUnsafeMutableBufferPointer { name in
                let parameters = [
                    OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.baseAddress, 0),
                    OSSL_PARAM_construct_end(),
                ]
                // dup wants an initialised context; every user of the copy sets a key of its own.
                return EVP_MAC_init(context, [UInt8](repeating: 0, count: 32), 32, parameters)
            }
            guard ready == 1 else {
                EVP_MAC_CTX_free(context)
                throw .openSSL("EVP_MAC_init")
            }
            self.context = context
        }
    }
}
