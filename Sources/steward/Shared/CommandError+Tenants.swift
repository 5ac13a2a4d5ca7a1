import Administration
import Tenants

extension CommandError {
    /// Creates the error of a failed change, with advice.
    init(_ error: TenantAdministrationError) {
        let advice: String? =
            switch error {
            case .tenantExists(let id): "Show it with `steward tenant show \(id)`."
            case .noTenant: "List the tenants with `steward tenant list`, or choose their folder with --tenants."
            case .keyExists(let kid): "Choose another --kid than \(kid), or delete that key first."
            case .noKey(_, let id): "List its keys with `steward key list \(id)`."
            case .tooManyImportedKeys(let id): "List them with `steward key list \(id)`."
            case .weakSecret: "Ask the issuer for a longer secret, or choose its --encoding."
            case .broken(let problem): "Check \(problem.file)."
            case .invalid: nil
            case .file: "Check who owns the folder, and run this as that user or as root."
            case .cryptography: "Check the OpenSSL of this machine."
            case .secret(.masterFile): "Choose the right file with --master-key."
            case .secret: nil
            case .masterKeyExists: "Choose another file, or replace its key with `steward secret rotate-master`."
            case .cannotReseal:
                "The old master key is kept. Fix or remove these secrets, and run `steward secret rotate-master` again."
            }
        self.init(error.description, advice: advice)
    }
}

/// Runs a change and adds advice to its errors.
func changing<Result>(_ body: () throws -> Result) throws -> Result {
    do {
        return try body()
    } catch let error as TenantAdministrationError {
        throw CommandError(error)
    }
}
