internal import COpenSSL

extension [UInt8] {
    /// Compares with `CRYPTO_memcmp`, whose time does not depend on where the bytes differ.
    package func isEqualInConstantTime(to other: [UInt8]) -> Bool {
        count == other.count && CRYPTO_memcmp(self, other, count) == 0
    }
}
