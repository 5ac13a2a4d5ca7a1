package import Identity
package import TodoStore

/// The options of an import of a user's data.
package struct UserImport: Sendable, Hashable {
    /// A reason to refuse an import other than damage of the file.
    package enum Refusal: Error, Hashable, Sendable {
        case userHasData
        /// The export is of another user.
        case exportOf(Account)
        /// A task of the export would not be accepted by this server.
        case badTask(Int)

        package var explanation: String {
            switch self {
            case .userHasData: "the user already has data; use --replace to replace it with the export"
            case .exportOf(let account):
                "the export is of \(account.user) of \(account.tenant); use --adopt to import it for this user"
            case .badTask(let id): "task \(id) of the export is not valid in the API"
            }
        }
    }

    /// The limits of the tenant's users.
    package var limits: StoreLimits
    /// Whether existing data of the user is replaced.
    package var replaces: Bool
    /// Whether the export of another user is accepted.
    package var adopts: Bool

    package init(limits: StoreLimits, replaces: Bool, adopts: Bool) {
        self.limits = limits
        self.replaces = replaces
        self.adopts = adopts
    }
}
