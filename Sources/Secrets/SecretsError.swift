/// An error of a cryptographic operation.
package enum SecretsError: Error, Hashable, CustomStringConvertible {
    /// An OpenSSL function failed that never fails in a healthy process.
    case openSSL(String)
    /// The sealed text was changed, or belongs to another key or place.
    case notAuthentic
    /// The length of the key does not match its algorithm.
    case wrongKeyLength

    package var description: String {
        switch self {
        case .openSSL(let function): "OpenSSL failed in \(function)"
        case .notAuthentic: "the sealed secret was made with another key, for another place, or was changed"
        case .wrongKeyLength: "the key has the wrong length"
        }
    }
}
