import Postgres

extension PostgresSchema {
    /// Tables without anything that a user has written, and without row security.
    static let controlTables: [Statement] = [
        Statement(
            "v1_node",
            """
            CREATE TABLE node (
                id uuid PRIMARY KEY,
                name text NOT NULL,
                version text NOT NULL,
                started_at timestamptz NOT NULL,
                expires_at timestamptz NOT NULL,
                generation bigint NOT NULL DEFAULT 0,
                status text NOT NULL
            ) WITH (fillfactor = 50)
            """),
        // The running turns of all users: for the limits of tenants, and for the keeper, who needs no right to their rows.
        Statement(
            "v1_running",
            """
            CREATE TABLE running (
                account uuid NOT NULL,
                turn_id bigint NOT NULL,
                tenant text NOT NULL,
                node uuid NOT NULL,
                PRIMARY KEY (account, turn_id),
                FOREIGN KEY (account, turn_id) REFERENCES turn (account, id) ON DELETE CASCADE
            )
            """),
        Statement("v1_running_node", "CREATE INDEX running_node ON running (node)"),
        Statement("v1_running_tenant", "CREATE INDEX running_tenant ON running (tenant)"),
        Statement(
            "v1_tenant",
            """
            CREATE TABLE tenant (
                tenant text PRIMARY KEY,
                users bigint NOT NULL DEFAULT 0,
                state text NOT NULL DEFAULT 'open',
                moved_to text,
                chat_level double precision NOT NULL DEFAULT 0,
                chat_at bigint NOT NULL DEFAULT 0
            ) WITH (fillfactor = 50)
            """),
        Statement(
            "v1_config",
            """
            CREATE TABLE config (
                tenant text NOT NULL,
                name text NOT NULL,
                content bytea NOT NULL,
                generation bigint NOT NULL,
                PRIMARY KEY (tenant, name)
            )
            """),
        Statement(
            "v1_job",
            """
            CREATE TABLE job (
                name text PRIMARY KEY,
                node uuid NOT NULL,
                expires_at timestamptz NOT NULL,
                fence bigint NOT NULL DEFAULT 0,
                cursor text NOT NULL DEFAULT ''
            )
            """),
        Statement(
            "v1_audit",
            """
            CREATE TABLE audit (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                at bigint NOT NULL,
                entry text NOT NULL
            )
            """),
    ]

    /// The policies, and what each role may do.
    static let rights: [Statement] = [
        // Forced: the owner of the tables sees no rows either. The setting is '' after a transaction that had it.
        Statement(
            "v1_row_security",
            """
            DO $$
            DECLARE name text;
            BEGIN
                FOREACH name IN ARRAY ARRAY['account', 'todo', 'change', 'conversation', 'turn', 'message', 'step',
                    'confirmation', 'idempotency']
                LOOP
                    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
                    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
                    EXECUTE format('CREATE POLICY own ON %I USING '
                        '(account = nullif(current_setting(''steward.account'', true), '''')::uuid)', name);
                    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO steward_app', name);
                END LOOP;
            END $$
            """),
        Statement("v1_list", "CREATE POLICY list ON account FOR SELECT TO steward_keeper USING (true)"),
        Statement(
            "v1_list_columns",
            """
            GRANT SELECT (account, hash, tenant, user_id, created_at, deleted_at, revision, bytes) ON account
            TO steward_keeper
            """),
        Statement(
            "v1_control", "GRANT SELECT, INSERT, UPDATE, DELETE ON node, running, tenant, config, job TO steward_app"),
        Statement("v1_audit_only", "GRANT INSERT ON audit TO steward_app"),
        Statement("v1_read_version", "GRANT SELECT ON schema_version TO steward_app"),
    ]
}
