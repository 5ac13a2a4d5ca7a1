/// One user of one tenant: the subject of a token and the owner of a database.
package struct Account: Hashable, Sendable, CustomStringConvertible {
    package let tenant: TenantID
    package let user: UserID

    package init(tenant: TenantID, user: UserID) {
        self.tenant = tenant
        self.user = user
    }

    package var description: String { "\(tenant)/\(user)" }
}
