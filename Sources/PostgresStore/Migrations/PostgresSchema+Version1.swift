import Postgres

extension PostgresSchema {
    // Times are milliseconds since 1970. The ids of a user's rows are counted in their account, so that none is used
    // again, and are known before they are stored. `size` is the number of bytes that a row counts in its user's quota.
    static let version1 = userTables + controlTables + rights

    private static let userTables: [Statement] = [
        // `write_id` and `revision` tell whether a COMMIT whose answer was lost has taken place. `runners` are the nodes
        // that run a turn of the user. There is no index on a column that changes, and room for new versions in each page
        // (HOT).
        Statement(
            "v1_account",
            """
            CREATE TABLE account (
                account uuid PRIMARY KEY,
                hash bytea NOT NULL,
                tenant text NOT NULL,
                user_id text NOT NULL,
                created_at bigint NOT NULL,
                deleted_at bigint,
                revision bigint NOT NULL DEFAULT 0,
                write_id uuid,
                last_at bigint NOT NULL DEFAULT 0,
                last_todo bigint NOT NULL DEFAULT 0,
                last_change bigint NOT NULL DEFAULT 0,
                last_conversation bigint NOT NULL DEFAULT 0,
                last_turn bigint NOT NULL DEFAULT 0,
                last_message bigint NOT NULL DEFAULT 0,
                last_confirmation bigint NOT NULL DEFAULT 0,
                todos bigint NOT NULL DEFAULT 0,
                conversations bigint NOT NULL DEFAULT 0,
                messages bigint NOT NULL DEFAULT 0,
                bytes bigint NOT NULL DEFAULT 0,
                oldest_change bigint,
                oldest_change_at bigint,
                runners uuid[] NOT NULL DEFAULT '{}',
                chat_level double precision NOT NULL DEFAULT 0,
                chat_at bigint NOT NULL DEFAULT 0,
                UNIQUE (tenant, account)
            ) WITH (fillfactor = 50)
            """),
        // The keys are the texts folded for search and order; tags are a JSON array of strings.
        Statement(
            "v1_todo",
            """
            CREATE TABLE todo (
                account uuid NOT NULL,
                id bigint NOT NULL,
                title text NOT NULL,
                description text,
                priority bigint NOT NULL,
                tags text NOT NULL,
                due_at bigint,
                recurrence text,
                created_at bigint NOT NULL,
                updated_at bigint NOT NULL,
                completed_at bigint,
                version bigint NOT NULL,
                title_key text COLLATE "C" NOT NULL,
                description_key text COLLATE "C",
                tags_key text[] COLLATE "C" NOT NULL,
                PRIMARY KEY (account, id)
            )
            """),
        // The journal outlives what it tells of: no foreign keys. What was changed together names its first entry as leader;
        // undoes and undone_by are entries, too.
        Statement(
            "v1_change",
            """
            CREATE TABLE change (
                account uuid NOT NULL,
                id bigint NOT NULL,
                at bigint NOT NULL,
                actor text NOT NULL,
                turn_id bigint,
                conversation_id bigint,
                kind text NOT NULL,
                task_id bigint NOT NULL,
                before text,
                after text,
                leader bigint,
                undoes bigint,
                is_undo boolean NOT NULL,
                undone_by bigint,
                size bigint NOT NULL,
                PRIMARY KEY (account, id)
            )
            """),
        Statement(
            "v1_change_turn", "CREATE INDEX change_turn ON change (account, turn_id) WHERE turn_id IS NOT NULL"),
        Statement(
            "v1_change_leader", "CREATE INDEX change_leader ON change (account, leader) WHERE leader IS NOT NULL"),
        Statement(
            "v1_conversation",
            """
            CREATE TABLE conversation (
                account uuid NOT NULL,
                id bigint NOT NULL,
                title text NOT NULL,
                title_key text COLLATE "C" NOT NULL,
                created_at bigint NOT NULL,
                updated_at bigint NOT NULL,
                size bigint NOT NULL,
                PRIMARY KEY (account, id)
            )
            """),
        Statement(
            "v1_conversation_updated",
            "CREATE INDEX conversation_updated ON conversation (account, updated_at, id)"),
        // The node and the attempt are the fence: whoever has neither adds nothing.
        Statement(
            "v1_turn",
            """
            CREATE TABLE turn (
                account uuid NOT NULL,
                id bigint NOT NULL,
                conversation_id bigint NOT NULL,
                status text NOT NULL,
                node uuid NOT NULL,
                attempt bigint NOT NULL DEFAULT 1,
                crashes bigint NOT NULL DEFAULT 0,
                started_at bigint NOT NULL,
                ended_at bigint,
                idempotency_key text,
                error_code text,
                PRIMARY KEY (account, id),
                FOREIGN KEY (account, conversation_id) REFERENCES conversation (account, id) ON DELETE CASCADE
            )
            """),
        Statement("v1_turn_conversation", "CREATE INDEX turn_conversation ON turn (account, conversation_id, id)"),
        Statement("v1_turn_running", "CREATE INDEX turn_running ON turn (account) WHERE status = 'running'"),
        Statement(
            "v1_message",
            """
            CREATE TABLE message (
                account uuid NOT NULL,
                id bigint NOT NULL,
                conversation_id bigint NOT NULL,
                turn_id bigint NOT NULL,
                role text NOT NULL,
                content text NOT NULL,
                content_key text COLLATE "C" NOT NULL,
                status text NOT NULL,
                created_at bigint NOT NULL,
                provider text,
                model text,
                input_tokens bigint,
                output_tokens bigint,
                cached_input_tokens bigint,
                cost double precision,
                size bigint NOT NULL,
                PRIMARY KEY (account, id),
                UNIQUE (account, turn_id, role),
                FOREIGN KEY (account, turn_id) REFERENCES turn (account, id) ON DELETE CASCADE
            )
            """),
        Statement(
            "v1_message_conversation",
            "CREATE INDEX message_conversation ON message (account, conversation_id, id)"),
        // A tool's step has the index of its call in the turn: no call is answered twice.
        Statement(
            "v1_step",
            """
            CREATE TABLE step (
                account uuid NOT NULL,
                turn_id bigint NOT NULL,
                position bigint NOT NULL,
                call_index bigint,
                body text NOT NULL,
                size bigint NOT NULL,
                PRIMARY KEY (account, turn_id, position),
                FOREIGN KEY (account, turn_id) REFERENCES turn (account, id) ON DELETE CASCADE
            )
            """),
        Statement(
            "v1_step_call",
            "CREATE UNIQUE INDEX step_call ON step (account, turn_id, call_index) WHERE call_index IS NOT NULL"),
        // The changes that a turn wanted and only the user may allow: pairs of kind and task id.
        Statement(
            "v1_confirmation",
            """
            CREATE TABLE confirmation (
                account uuid NOT NULL,
                id bigint NOT NULL,
                turn_id bigint NOT NULL,
                changes text NOT NULL,
                asked boolean NOT NULL DEFAULT false,
                size bigint NOT NULL,
                PRIMARY KEY (account, id),
                FOREIGN KEY (account, turn_id) REFERENCES turn (account, id) ON DELETE CASCADE
            )
            """),
        Statement("v1_confirmation_turn", "CREATE INDEX confirmation_turn ON confirmation (account, turn_id)"),
        Statement(
            "v1_idempotency",
            """
            CREATE TABLE idempotency (
                account uuid NOT NULL,
                key text NOT NULL,
                request_hash bytea NOT NULL,
                state text NOT NULL,
                node uuid NOT NULL,
                turn_id bigint,
                status bigint,
                body text,
                created_at bigint NOT NULL,
                size bigint NOT NULL,
                PRIMARY KEY (account, key)
            )
            """),
        Statement("v1_idempotency_created", "CREATE INDEX idempotency_created ON idempotency (account, created_at)"),
    ]
}
