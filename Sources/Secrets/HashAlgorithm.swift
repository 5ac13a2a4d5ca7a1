/// The hash functions used with HMAC.
package enum HashAlgorithm: String, Sendable, CaseIterable {
    case sha256 = "SHA256"
    case sha384 = "SHA384"
    case sha512 = "SHA512"

    /// The length of a hash in bytes, which is also the minimum length of an HMAC key (RFC 7518, section 3.2).
    package var byteCount: Int {
        switch self {
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }
}
