CREATE INDEX change_leader ON change (leader) WHERE leader IS NOT NULL;
CREATE INDEX change_turn ON change (turn_id) WHERE turn_id IS NOT NULL;
CREATE INDEX confirmation_turn ON confirmation (turn_id);
CREATE INDEX conversation_updated ON conversation (updated_at, id);
CREATE INDEX idempotency_created ON idempotency (created_at);
CREATE INDEX idempotency_running ON idempotency (process) WHERE state = 'running';
CREATE INDEX message_conversation ON message (conversation_id, id);
CREATE UNIQUE INDEX step_call ON step (turn_id, call_index) WHERE call_index IS NOT NULL;
CREATE INDEX turn_conversation ON turn (conversation_id, id);
CREATE INDEX turn_running ON turn (process) WHERE status = 'running';
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
CREATE TABLE confirmation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    turn_id INTEGER NOT NULL REFERENCES turn ON DELETE CASCADE,
    changes TEXT NOT NULL
, asked INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE conversation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
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
CREATE TABLE owner (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    tenant TEXT NOT NULL,
    user TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE sqlite_sequence(name,seq);
CREATE TABLE step (
    turn_id INTEGER NOT NULL REFERENCES turn ON DELETE CASCADE,
    position INTEGER NOT NULL,
    call_index INTEGER,
    body TEXT NOT NULL,
    PRIMARY KEY (turn_id, position)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE turn (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
    status TEXT NOT NULL,
    process INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    idempotency_key TEXT,
    error_code TEXT
, crashes INTEGER NOT NULL DEFAULT 0, attempt INTEGER NOT NULL DEFAULT 1) STRICT;
