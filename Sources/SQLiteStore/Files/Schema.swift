import TodoStore

/// The migrations of one kind of database: append-only, the count of those applied is the file's `user_version`.
struct Schema: Sendable {
    /// The mark of the store's files (`application_id`): "Stwu" and "Stwt".
    let applicationID: Int32
    let migrations: [String]

    var version: Int { migrations.count }
}

extension Schema {
    static let user = Schema(applicationID: 0x5374_7775, migrations: [userVersion1, userVersion2, userVersion3])
    static let tenant = Schema(applicationID: 0x5374_7774, migrations: [tenantVersion1])

    // Times are milliseconds since 1970. AUTOINCREMENT: an id is never used again, not even that of the last row.
    private static let userVersion1 = """
        CREATE TABLE owner (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            tenant TEXT NOT NULL,
            user TEXT NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT;

        -- The keys are the texts folded for search and order; tags are a JSON array of strings.
        CREATE TABLE todo (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            title TEXT NOT NULL,
            description TEXT,
            priority INTEGER NOT NULL,
            tags TEXT NOT NULL,
            due_at INTEGER,
            recurrence TEXT,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            completed_at INTEGER,
            version INTEGER NOT NULL,
            title_key TEXT NOT NULL,
            description_key TEXT
        ) STRICT;

        -- The journal outlives what it tells of: no foreign keys. before and after are tasks as JSON. What was changed
        -- together names its first entry as leader; undoes and undone_by are entries, too.
        CREATE TABLE change (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            actor TEXT NOT NULL,
            turn_id INTEGER,
            conversation_id INTEGER,
            kind TEXT NOT NULL,
            task_id INTEGER NOT NULL,
            before TEXT,
            after TEXT,
            leader INTEGER,
            undoes INTEGER,
            is_undo INTEGER NOT NULL,
            undone_by INTEGER
        ) STRICT;
        CREATE INDEX change_turn ON change (turn_id) WHERE turn_id IS NOT NULL;
        CREATE INDEX change_leader ON change (leader) WHERE leader IS NOT NULL;

        CREATE TABLE conversation (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            title TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX conversation_updated ON conversation (updated_at, id);

        -- process tells the turns of this run of the server from those that a crash left running.
        CREATE TABLE turn (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            conversation_id INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
            status TEXT NOT NULL,
            process INTEGER NOT NULL,
            started_at INTEGER NOT NULL,
            ended_at INTEGER,
            idempotency_key TEXT,
            error_code TEXT
        ) STRICT;
        CREATE INDEX turn_conversation ON turn (conversation_id, id);
        CREATE INDEX turn_running ON turn (process) WHERE status = 'running';

        CREATE TABLE message (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            conversation_id INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
            turn_id INTEGER NOT NULL REFERENCES turn ON DELETE CASCADE,
            role TEXT NOT NULL,
            content TEXT NOT NULL,
            status TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            provider TEXT,
            model TEXT,
            input_tokens INTEGER,
            output_tokens INTEGER,
            cached_input_tokens INTEGER,
            cost REAL,
            UNIQUE (turn_id, role)
        ) STRICT;
        CREATE INDEX message_conversation ON message (conversation_id, id);

        -- A tool's step has the index of its call in the turn: no call is answered twice.
        CREATE TABLE step (
            turn_id INTEGER NOT NULL REFERENCES turn ON DELETE CASCADE,
            position INTEGER NOT NULL,
            call_index INTEGER,
            body TEXT NOT NULL,
            PRIMARY KEY (turn_id, position)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX step_call ON step (turn_id, call_index) WHERE call_index IS NOT NULL;

        -- What a turn wanted to change and only the user may allow: pairs of kind and task id.
        CREATE TABLE confirmation (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            turn_id INTEGER NOT NULL REFERENCES turn ON DELETE CASCADE,
            changes TEXT NOT NULL
        ) STRICT;
        CREATE INDEX confirmation_turn ON confirmation (turn_id);

        CREATE TABLE idempotency (
            key TEXT PRIMARY KEY,
            request_hash BLOB NOT NULL,
            state TEXT NOT NULL,
            process INTEGER NOT NULL,
            turn_id INTEGER,
            status INTEGER,
            body TEXT,
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX idempotency_created ON idempotency (created_at);
        CREATE INDEX idempotency_running ON idempotency (process) WHERE state = 'running';
        """

    // The number of crashes during the turn, and whether the user was shown the changes to confirm.
    private static let userVersion2 = """
        ALTER TABLE turn ADD COLUMN crashes INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE confirmation ADD COLUMN asked INTEGER NOT NULL DEFAULT 0;
        """

    // The attempt of a turn that may add to it: one that was resumed has left its earlier ones behind.
    private static let userVersion3 = "ALTER TABLE turn ADD COLUMN attempt INTEGER NOT NULL DEFAULT 1;"

    // A user's size is what the last sweep measured; deleted is a tombstone.
    private static let tenantVersion1 = """
        CREATE TABLE owner (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            tenant TEXT NOT NULL,
            user TEXT NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE user (
            hash TEXT PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            created_at INTEGER NOT NULL,
            size INTEGER,
            schema INTEGER NOT NULL,
            deleted INTEGER
        ) STRICT;
        """
}
