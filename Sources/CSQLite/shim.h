#ifndef STEWARD_CSQLITE_H
#define STEWARD_CSQLITE_H
#include <sqlite3.h>

// sqlite3_config and sqlite3_db_config are variadic, and Swift cannot call variadic C: one function for each use.

/// Gives up the page cache that SQLite would preallocate for every connection (80 KB each).
static inline int steward_sqlite_config_no_page_cache(void) {
    return sqlite3_config(SQLITE_CONFIG_PAGECACHE, (void *)0, 0, 0);
}

/// No mutex inside a connection: its actor already admits one thread at a time.
static inline int steward_sqlite_config_multithread(void) {
    return sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
}

/// No count of SQLite's memory: each of its many small allocations would take one lock of the whole process for it.
static inline int steward_sqlite_config_no_memory_statistics(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/// SQL cannot corrupt the file on purpose (writable_schema, shadow tables).
static inline int steward_sqlite_db_config_defensive(sqlite3 *db) {
    return sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
}
#endif
