import Tenants
import Text

/// Why a command failed, and what to do next. ArgumentParser prints it on standard error and exits with 1.
struct CommandError: Error, CustomStringConvertible {
    let message: String
    let advice: String?
    /// Whether the server refused one request, and may well take the next one.
    let isAboutOne: Bool

    init(_ message: String, advice: String? = nil, isAboutOne: Bool = false) {
        self.message = message
        self.advice = advice
        self.isAboutOne = isAboutOne
    }

    /// The same as that of an operator's change, with the command that helps.
    init(_ error: TenantAdministrationError) {
        let advice: String? =
            switch error {
            case .tenantExists(let id): "See it with `steward tenant show \(id)`."
            case .noTenant: "See those that are there with `steward tenant list`, or name their folder with --tenants."
            case .keyExists(let kid): "Choose another --kid than \(kid), or delete that key first."
            case .noKey(_, let id): "See its keys with `steward key list \(id)`."
            case .tooManyImportedKeys(let id): "See them with `steward key list \(id)`."
            case .weakSecret: "Ask its issuer for a longer one, or name the --encoding that it is written in."
            case .broken(let problem): "Look at \(problem.file)."
            case .invalid: nil
            case .file: "Check who owns the folder, and run this as that user or as root."
            case .cryptography: "Check the OpenSSL of this machine."
            case .secret(.masterFile): "Name the right file with --master-key."
            case .secret: nil
            case .masterKeyExists: "Name another file, or change its key with `steward secret rotate-master`."
            case .cannotReseal:
                "The old master key stays. Mend these, or take them out, and run `steward secret rotate-master` again."
            }
        self.init(error.description, advice: advice)
    }

    /// Lines of our own making stay; within a line nothing moves the cursor, whoever wrote its words.
    var description: String {
        (advice.map { "\(message)\n       \($0)" } ?? message).split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.printable(limit: 2000) }.joined(separator: "\n")
    }
}

/// Runs an operator's change; its failure says what to do next.
func changing<Result>(_ body: () throws -> Result) throws -> Result {
    do {
        return try body()
    } catch let error as TenantAdministrationError {
        throw CommandError(error)
    }
}
