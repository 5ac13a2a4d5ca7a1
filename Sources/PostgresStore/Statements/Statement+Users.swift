import Postgres

/// The users of a tenant, for administration and for the first write of a user.
extension Statement {
    /// The keeper reads who there is, and nothing that they have written.
    static let becomeKeeper = Statement("become_keeper", "SET LOCAL ROLE steward_keeper")

    static let tenants = Statement("tenants", "SELECT tenant FROM tenant ORDER BY tenant")

    static let users = Statement(
        "users",
        """
        SELECT encode(hash, 'hex'), user_id, created_at, deleted_at IS NOT NULL, bytes, revision FROM account
        WHERE tenant = $1 AND account > $2 ORDER BY account LIMIT $3
        """)

    static let orphanedAccounts = Statement(
        "orphaned_accounts",
        """
        SELECT DISTINCT account, tenant FROM running WHERE NOT EXISTS (
            SELECT 1 FROM node WHERE node.id = running.node AND node.expires_at > clock_timestamp()) LIMIT 100
        """)

    /// The row of the tenant, which whoever adds or deletes a user locks before the user's.
    static let insertTenant = Statement(
        "insert_tenant", "INSERT INTO tenant (tenant) VALUES ($1) ON CONFLICT DO NOTHING")
    static let tenantForUpdate = Statement(
        "tenant_for_update",
        "SELECT users, state = 'open' AND moved_to IS NULL FROM tenant WHERE tenant = $1 FOR UPDATE")
    static let isTenantOpen = Statement(
        "is_tenant_open", "SELECT state = 'open' AND moved_to IS NULL FROM tenant WHERE tenant = $1")
    static let setUserCount = Statement("set_user_count", "UPDATE tenant SET users = users + $2 WHERE tenant = $1")
    static let closeTenant = Statement("close_tenant", "UPDATE tenant SET state = 'deleted' WHERE tenant = $1")
    static let deleteTenant = Statement("delete_tenant", "DELETE FROM tenant WHERE tenant = $1")

    static let isLive = Statement(
        "is_live", "SELECT 1::bigint FROM account WHERE account = $1 AND deleted_at IS NULL")

    /// A user who comes back after their deletion begins anew.
    static let insertAccount = Statement(
        "insert_account",
        """
        INSERT INTO account (account, hash, tenant, user_id, created_at, last_at) VALUES ($1, $2, $3, $4, $5, $5)
        ON CONFLICT (account) DO UPDATE SET user_id = $4, created_at = $5, last_at = $5, deleted_at = NULL,
            revision = account.revision + 1
        """)

    /// Leaves of a user only the hash.
    static let buryAccount = Statement(
        "bury_account",
        """
        UPDATE account SET deleted_at = $2, user_id = '', revision = revision + 1, write_id = NULL, last_at = 0,
            last_todo = 0, last_change = 0, last_conversation = 0, last_turn = 0, last_message = 0,
            last_confirmation = 0, todos = 0, conversations = 0, messages = 0, bytes = 0, oldest_change = NULL,
            oldest_change_at = NULL, runners = '{}', chat_level = 0, chat_at = 0
        WHERE account = $1 AND deleted_at IS NULL
        """)
    static let deleteTodos = Statement("delete_todos", "DELETE FROM todo WHERE account = $1")
    static let deleteChanges = Statement("delete_changes", "DELETE FROM change WHERE account = $1")
    /// With their turns, messages, steps and confirmations.
    static let deleteAllConversations = Statement(
        "delete_all_conversations", "DELETE FROM conversation WHERE account = $1")
    static let deleteAllKeys = Statement("delete_all_keys", "DELETE FROM idempotency WHERE account = $1")
    static let deleteAccount = Statement("delete_account", "DELETE FROM account WHERE account = $1")

    /// Those that name a single account.
    static let administration: [Statement] = [
        isLive, insertAccount, buryAccount, deleteTodos, deleteChanges, deleteAllConversations, deleteAllKeys,
        deleteAccount,
    ]
}
