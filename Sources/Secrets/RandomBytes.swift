internal import COpenSSL

/// Random bytes from OpenSSL's generator, which the kernel seeds.
package enum RandomBytes {
    /// Returns random bytes, and throws when the generator fails.
    package static func generate(_ count: Int) throws(SecretsError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard let length = Int32(exactly: count), RAND_bytes(&bytes, length) == 1 else { throw .openSSL("RAND_bytes") }
        return bytes
    }
}
