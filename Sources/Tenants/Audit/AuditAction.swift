/// What an operator can do to a tenant, as the audit log names it.
package enum AuditAction: String, Sendable, CaseIterable {
    case createTenant = "tenant.create"
    case enableTenant = "tenant.enable"
    case disableTenant = "tenant.disable"
    case deleteTenant = "tenant.delete"
    case createKey = "key.create"
    case importKey = "key.import"
    case rotateKeys = "key.rotate"
    case revokeKey = "key.revoke"
    case deleteKey = "key.delete"
    case issueToken = "token.issue"
    case revokeToken = "token.revoke"
    case exportUser = "user.export"
    case restoreUsers = "user.restore"
    case deleteUser = "user.delete"
    case sealSecret = "secret.seal"
    case rotateMasterKey = "secret.rotate-master"
}
