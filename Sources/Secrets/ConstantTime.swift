internal import COpenSSL

extension [UInt8] {
    /// Compares with `CRYPTO_memcmp`, so that the time tells nothing of where the bytes differ.
    package func isEqualInConstantTime(to other: [UInt8]) -> Bool {
        count == other.count && CRYPTO_memcmp(self, other, count) == 0
    }
}
