/// What can go wrong with cryptography.
package enum SecretsError: Error, Hashable, CustomStringConvertible {
    /// OpenSSL refused something that never fails in a healthy process.
    case openSSL(String)
    /// A sealed text does not belong to this key and place, or was changed.
    case notAuthentic
    /// The key has the wrong length for its algorithm.
    case wrongKeyLength

    package var description: String {
        switch self {
        case .openSSL(let function): "OpenSSL failed in \(function)"
        case .notAuthentic: "the sealed secret was made with another key, for another place, or was changed"
        case .wrongKeyLength: "the key has the wrong length"
        }
    }
}
