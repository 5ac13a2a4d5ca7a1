package import Identity

/// How an export becomes the data of a user.
package struct UserImport: Sendable, Hashable {
    /// Why an import is refused, where it is not for what is wrong with the file.
    package enum Refusal: Error, Hashable, Sendable {
        case userHasData
        /// The export is of someone else.
        case exportOf(Account)
        /// A task of the export is not one that this server would take.
        case badTask(Int)

        package var explanation: String {
            switch self {
            case .userHasData: "the user has data already; --replace puts the export in its place"
            case .exportOf(let account):
                "the export is of \(account.user) of \(account.tenant); --adopt gives their data to this user"
            case .badTask(let id): "task \(id) of the export is not one that the API would take"
            }
        }
    }

    /// What the tenant's users are held to.
    package var limits: StoreLimits
    /// Whether it takes the place of what the user has stored.
    package var replaces: Bool
    /// Whether it may be the export of another user, whose data becomes this one's.
    package var adopts: Bool

    package init(limits: StoreLimits, replaces: Bool, adopts: Bool) {
        self.limits = limits
        self.replaces = replaces
        self.adopts = adopts
    }
}
