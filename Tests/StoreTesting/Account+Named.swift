package import Identity

extension Account {
    /// - Precondition: Both are in their grammar.
    package static func named(_ tenant: String, _ user: String) -> Account {
        guard let tenant = TenantID(tenant), let user = UserID(user) else {
            preconditionFailure("a test's account is outside the grammar")
        }
        return Account(tenant: tenant, user: user)
    }
}
