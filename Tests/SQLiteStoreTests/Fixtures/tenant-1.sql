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
