/// One user of one tenant: what a token speaks for and what a database belongs to.
package struct Account: Hashable, Sendable, CustomStringConvertible {
    package let tenant: TenantID
    package let user: UserID

    package init(tenant: TenantID, user: UserID) {
        self.tenant = tenant
        self.user = user
    }

    package var description: String { "\(tenant)/\(user)" }
}
