/* The least that a durable task costs: its row and its journal entry, committed with synchronous=FULL to a WAL, one
   after the other. Prints how many it does in a second. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static sqlite3 *database;

static void check(int code) {
    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return;
    fprintf(stderr, "commits: %s\n", sqlite3_errmsg(database));
    exit(1);
}

static sqlite3_stmt *prepare(const char *sql) {
    sqlite3_stmt *statement;
    check(sqlite3_prepare_v2(database, sql, -1, &statement, NULL));
    return statement;
}

static void run(sqlite3_stmt *statement) {
    check(sqlite3_step(statement));
    check(sqlite3_reset(statement));
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

int main(int count, char **arguments) {
    if (count != 3) {
        fputs("usage: commits FILE SECONDS\n", stderr);
        return 2;
    }
    check(sqlite3_open(arguments[1], &database));
    /* As the store has them: Sources/SQLiteStore/Files/DatabaseOpener.swift and Schema.swift. */
    check(sqlite3_exec(
        database,
        "PRAGMA locking_mode = EXCLUSIVE; PRAGMA page_size = 1024; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
        "PRAGMA cache_size = -256; PRAGMA wal_autocheckpoint = 2048; PRAGMA journal_size_limit = 9437184;"
        "CREATE TABLE IF NOT EXISTS todo (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, description TEXT,"
        " priority INTEGER NOT NULL, tags TEXT NOT NULL, due_at INTEGER, recurrence TEXT, created_at INTEGER NOT NULL,"
        " updated_at INTEGER NOT NULL, completed_at INTEGER, version INTEGER NOT NULL, title_key TEXT NOT NULL,"
        " description_key TEXT) STRICT;"
        "CREATE TABLE IF NOT EXISTS change (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL,"
        " actor TEXT NOT NULL, turn_id INTEGER, conversation_id INTEGER, kind TEXT NOT NULL, task_id INTEGER NOT NULL,"
        " before TEXT, after TEXT, leader INTEGER, undoes INTEGER, is_undo INTEGER NOT NULL, undone_by INTEGER) STRICT;"
        "CREATE INDEX IF NOT EXISTS change_turn ON change (turn_id) WHERE turn_id IS NOT NULL;"
        "CREATE INDEX IF NOT EXISTS change_leader ON change (leader) WHERE leader IS NOT NULL;",
        NULL, NULL, NULL));
    sqlite3_stmt *begin = prepare("BEGIN IMMEDIATE"), *commit = prepare("COMMIT");
    sqlite3_stmt *todo = prepare(
        "INSERT INTO todo (title, description, priority, tags, created_at, updated_at, version, title_key,"
        " description_key) VALUES ('A task to be done', 'What there is to say of it', 1, '[]', 1795377249000,"
        " 1795377249000, 1, 'a task to be done', 'what there is to say of it')");
    sqlite3_stmt *change = prepare(
        "INSERT INTO change (at, actor, kind, task_id, after, is_undo) VALUES (1795377249000, 'user', 'created', ?,"
        " '{\"id\":1,\"title\":\"A task to be done\",\"description\":\"What there is to say of it\",\"completed\":false,"
        "\"priority\":\"medium\",\"tags\":[],\"due_at\":null,\"recurrence\":null,\"created_at\":\"2026-11-22T19:54:09Z\","
        "\"updated_at\":\"2026-11-22T19:54:09Z\",\"completed_at\":null,\"version\":1}', 0)");
    double start = now(), end = start + atof(arguments[2]);
    long commits = 0;
    while (now() < end) {
        run(begin);
        run(todo);
        check(sqlite3_bind_int64(change, 1, sqlite3_last_insert_rowid(database)));
        run(change);
        run(commit);
        commits++;
    }
    printf("%.1f\n", commits / (now() - start));
    return 0;
}
