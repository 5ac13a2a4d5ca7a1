package import Files
package import Identity
package import Secrets
package import Tokens

/// The reason why an operator's command changed nothing.
package enum TenantAdministrationError: Error, Hashable, CustomStringConvertible {
    case tenantExists(TenantID)
    case noTenant(TenantID)
    case keyExists(KeyID)
    case noKey(KeyID, TenantID)
    case tooManyImportedKeys(TenantID)
    case weakSecret(WeakSecretError)
    /// The file of the key is invalid, so it cannot be changed.
    case broken(TenantProblem)
    /// The new content of the file would be invalid.
    case invalid([TenantProblem])
    case file(String, FileError)
    case cryptography(SecretsError)
    /// A secret cannot be sealed: the master keys cannot be read, or the secret is invalid.
    case secret(SecretReferenceError)
    case masterKeyExists(String)
    /// Some secrets cannot be sealed again. The old master key is kept until they can.
    case cannotReseal([TenantProblem])

    package var description: String {
        switch self {
        case .tenantExists(let id): "the tenant \(id) already exists"
        case .noTenant(let id): "there is no tenant \(id)"
        case .keyExists(let kid): "the tenant already has a key \(kid)"
        case .noKey(let kid, let id): "the tenant \(id) has no key \(kid)"
        case .tooManyImportedKeys(let id):
            "the tenant \(id) already has \(TokenLimits.importedKeys) imported keys; revoke or delete one first"
        case .weakSecret(let error): error.description
        case .broken(let problem): "\(problem); delete the key instead"
        case .invalid(let problems): problems.map(\.description).joined(separator: "\n")
        case .file(let path, let error): "\(path) \(error)"
        case .cryptography(let error): error.description
        case .secret(let error): error.description
        case .masterKeyExists(let path): "\(path) already exists"
        case .cannotReseal(let problems): problems.map(\.description).joined(separator: "\n")
        }
    }
}
