import CSQLite

/// What SQLite is told once, before its first connection of this process.
enum SQLiteRuntime {
    /// False when SQLite was in use already: then it runs as it is, with 80 KB more for each connection.
    static let isConfigured: Bool =
        steward_sqlite_config_multithread() == SQLITE_OK && steward_sqlite_config_no_page_cache() == SQLITE_OK
        && steward_sqlite_config_no_memory_statistics() == SQLITE_OK
}
