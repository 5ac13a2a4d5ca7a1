internal import COpenSSL

/// Bytes from OpenSSL's generator, which the kernel seeds.
package enum RandomBytes {
    /// Throws rather than return anything predictable.
    package static func generate(_ count: Int) throws(SecretsError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard let length = Int32(exactly: count), RAND_bytes(&bytes, length) == 1 else { throw .openSSL("RAND_bytes") }
        return bytes
    }
}
